package dev.tiercel.resource;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Something that is done once, while others who want it done wait for its end. */
final class Once {
  /*
   * Nobody waits for himself. Each thread knows the runs that it is inside of (a thread started by
   * a time limit inherits them), and each run knows what it waits for. Before a thread waits, it
   * follows that chain; if it leads back to a run of its own, waiting would never end: a closer
   * that closes its own manager, or two managers that close each other from two threads.
   */
  private static final ThreadLocal<@Nullable Inside> INSIDE = new ThreadLocal<>();

  private final AtomicBoolean begun = new AtomicBoolean();
  private final CountDownLatch done = new CountDownLatch(1);
  private @Nullable Once waitsFor; // Guarded by: Once.class

  /** Does the work, or else waits until it is done; true if this call did it. */
  boolean run(Runnable work) {
    if (!begun.compareAndSet(false, true)) {
      awaitDone();
      return false;
    }
    Inside outer = INSIDE.get();
    INSIDE.set(new Inside(this, outer));
    try {
      work.run();
    } finally {
      if (outer == null) {
        INSIDE.remove();
      } else {
        INSIDE.set(outer);
      }
      done.countDown();
    }
    return true;
  }

  /** Declares it done without doing it; false if it was begun before. */
  boolean skip() {
    boolean first = begun.compareAndSet(false, true);
    if (first) {
      done.countDown();
    }
    return first;
  }

  /** Takes the runs that the calling thread is inside of to the thread that makes the call. */
  static <T> Callable<T> inherit(Callable<T> call) {
    Inside inherited = INSIDE.get();
    return () -> {
      INSIDE.set(inherited);
      return call.call();
    };
  }

  private void awaitDone() {
    Inside mine = INSIDE.get();
    synchronized (Once.class) {
      for (Once next = this; next != null; next = next.waitsFor) {
        if (Inside.has(mine, next)) {
          return;
        }
      }
      Inside.setWaitsFor(mine, this);
    }
    boolean interrupted = false;
    while (true) {
      try {
        done.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    synchronized (Once.class) {
      Inside.setWaitsFor(mine, null);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private record Inside(Once run, @Nullable Inside outer) {
    static boolean has(@Nullable Inside innermost, Once run) {
      for (Inside at = innermost; at != null; at = at.outer) {
        if (at.run == run) {
          return true;
        }
      }
      return false;
    }

    static void setWaitsFor(@Nullable Inside innermost, @Nullable Once awaited) {
      for (Inside at = innermost; at != null; at = at.outer) {
        at.run.waitsFor = awaited;
      }
    }
  }
}
