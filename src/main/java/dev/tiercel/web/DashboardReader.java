package dev.tiercel.web;

import java.util.concurrent.Executor;

/**
 * Reads one source for one dashboard, again and again, and remembers what it needs to tell what is
 * new. Used by one thread at a time. It may throw, and is asked again the next time.
 */
interface DashboardReader extends AutoCloseable {
  /** Adds points, and fields to the details. */
  void read(DashboardReading reading);

  @Override
  default void close() {}

  /** Begins to read a source. */
  @FunctionalInterface
  interface Opener {
    /**
     * Begins.
     *
     * @param line what the names of lines begin with, so that those of several sources differ
     * @param background where what may take long is done
     */
    DashboardReader open(String line, Executor background);
  }
}
