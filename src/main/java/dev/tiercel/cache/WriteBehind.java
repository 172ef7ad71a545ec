package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands what was cached on to a writer in the background, many at a time. What comes faster than it
 * is written is left out: it costs a load some day. Thread-safe.
 */
final class WriteBehind<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WriteBehind.class);
  private static final int ROOM = 1 << 13;
  private static final int BATCH = 1 << 9;
  private static final long LOOK_MILLIS = 100;
  private static final long LAST_MILLIS = 10_000;

  private final LinkedBlockingQueue<T> waiting = new LinkedBlockingQueue<>();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLong done = new AtomicLong();
  private final Consumer<List<T>> writer;
  private final Runnable chore;
  private final Thread thread;
  private volatile boolean closing;

  /**
   * A queue with its thread.
   *
   * @param writer writes a batch
   * @param chore is done between batches, and some times a second when there are none
   */
  WriteBehind(String name, Consumer<List<T>> writer, Runnable chore) {
    this.writer = writer;
    this.chore = chore;
    thread = new Thread(this::run, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands one on; false if there is no room, or no more writing. */
  boolean offer(T one) {
    if (closing || !takePlace()) {
      return false;
    }
    return waiting.add(one); // There are no more of these than were taken.
  }

  /* Before it is handed on, so that as many are done as were taken only when these are done. */
  private boolean takePlace() {
    long before = taken.get();
    while (before - done.get() < ROOM) {
      if (taken.compareAndSet(before, before + 1)) {
        return true;
      }
      before = taken.get();
    }
    return false;
  }

  private void run() {
    List<T> batch = new ArrayList<>(BATCH);
    while (true) {
      try {
        T first = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          waiting.drainTo(batch, BATCH - 1);
          write(batch);
          done(batch.size());
          batch.clear();
        } else if (closing) {
          return;
        }
        doChore();
      } catch (InterruptedException e) {
        if (closing) {
          return; // It took too long to close; otherwise a codec or a tier left the flag.
        }
      }
    }
  }

  private void write(List<T> batch) {
    try {
      writer.accept(batch);
    } catch (Throwable e) {
      LOG.warn("{} values were not written", batch.size(), e); // For want of memory, say.
    }
  }

  private void doChore() {
    try {
      chore.run();
    } catch (Throwable e) {
      LOG.warn("what is done between writes failed", e);
    }
  }

  private synchronized void done(int written) {
    done.addAndGet(written);
    notifyAll();
  }

  /** Waits until all that was handed on before is written; false if the time was over first. */
  synchronized boolean flush(long millis) throws InterruptedException {
    long target = taken.get();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (done.get() < target && thread.isAlive()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return done.get() >= target;
  }

  /** Writes what is waiting, for a while, and ends the thread. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    try {
      thread.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    thread.interrupt();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
