package dev.tiercel.soak;

import dev.tiercel.cache.CacheLoadException;
import dev.tiercel.pool.PoolInterruptedException;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.TaskRepositoryException;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A thread that does one thing again and again until it is stopped, and may be interrupted in the
 * middle of it. What then fails is expected, as is what fails on purpose; anything else is not.
 */
final class Worker extends Thread {
  /** The thing. */
  interface Step {
    void run(Random random) throws Exception;
  }

  private final Step step;
  private final Random random;
  private final Complaints complaints;
  private final Done done;
  private final CountDownLatch stopping;
  private final long pauseMillis;
  // Odd while an interrupt is on its way, so that a step knows whether one may have met it.
  private final AtomicInteger interrupts = new AtomicInteger();
  private final AtomicLong steps = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();

  Worker(
      String name,
      Step step,
      long seed,
      Complaints complaints,
      Done done,
      CountDownLatch stopping,
      long pauseMillis) {
    super("soak-" + name);
    setDaemon(true);
    this.step = step;
    this.random = new Random(seed);
    this.complaints = complaints;
    this.done = done;
    this.stopping = stopping;
    this.pauseMillis = pauseMillis;
  }

  @Override
  public void run() {
    while (stopping.getCount() > 0) {
      int before = interrupts.get();
      boolean isMade = false;
      interrupted(); // One that is on its way still makes a difference to the number.
      try {
        step.run(random);
        steps.incrementAndGet();
        isMade = true;
        if (pauseMillis > 0) {
          stopping.await(pauseMillis, TimeUnit.MILLISECONDS);
        }
      } catch (Throwable e) {
        int now = interrupts.get();
        boolean met = now != before || now % 2 == 1;
        SoakFault fault = SoakFault.in(e);
        if (fault != null) {
          done.failed(fault.maker);
        } else if (!met || !isOfInterrupt(e)) {
          complaints.add(getName(), e);
        } else if (!isMade) {
          done.interrupted.increment();
        }
        failed.incrementAndGet();
      }
    }
  }

  private static boolean isOfInterrupt(Throwable e) {
    Throwable what = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return what instanceof InterruptedException
        || what instanceof IOException
        || what instanceof PoolInterruptedException
        || what instanceof CacheLoadException
        || (what instanceof SqliteException database && database.kind() == Kind.INTERRUPTED)
        || (what instanceof TaskRepositoryException
            && !(what instanceof RepositoryCorruptException));
  }

  /** Interrupts it wherever it is. By one thread at a time. */
  void disturb() {
    interrupts.incrementAndGet();
    interrupt();
    interrupts.incrementAndGet();
  }

  /** How many steps it made. */
  long steps() {
    return steps.get();
  }

  /** How many steps it made and how many of them failed as expected. */
  String report() {
    return "%s %,d (%,d)".formatted(getName().substring(5), steps.get(), failed.get());
  }
}
