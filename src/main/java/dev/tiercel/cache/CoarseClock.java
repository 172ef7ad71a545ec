package dev.tiercel.cache;

import java.time.InstantSource;

/**
 * Milliseconds that never run backwards, for expiry. Exact to {@value #TICK_MILLIS} ms: to ask the
 * system at every look-up would cost more than the look-up.
 */
abstract class CoarseClock implements AutoCloseable {
  static final int TICK_MILLIS = 10;

  /** The time since some moment of the past. */
  abstract long millis();

  /** What is to be added for milliseconds since 1970, as far as that is known now. */
  abstract long epoch();

  @Override
  public void close() {}

  /** The system's monotonic time, read by a thread that all caches share. */
  static CoarseClock system() {
    return Ticker.retain();
  }

  /**
   * The time of a source that may be set. A step backwards counts as no step at all: otherwise
   * entries would live longer than they were told.
   */
  static CoarseClock of(InstantSource source) {
    return new CoarseClock() {
      private long last = source.millis();
      private long elapsed;

      @Override
      synchronized long millis() {
        long now = source.millis();
        elapsed += Math.max(0, now - last);
        last = now;
        return elapsed;
      }

      @Override
      synchronized long epoch() {
        return source.millis() - millis();
      }
    };
  }

  /** The shared thread, which runs as long as there is a cache. */
  private static final class Ticker extends CoarseClock {
    private static final Object LOCK = new Object();
    private static int users; // Guarded by: LOCK
    private static boolean ticking; // Guarded by: LOCK
    private static final long START = System.nanoTime();
    private static volatile long now = read();

    private boolean closed; // Guarded by: LOCK

    static CoarseClock retain() {
      synchronized (LOCK) {
        now = read();
        if (!ticking) {
          Thread thread = new Thread(Ticker::tick, "tiercel-clock");
          thread.setDaemon(true);
          thread.start();
          ticking = true; // Not before it runs: without it nothing would ever expire.
        }
        users++;
      }
      return new Ticker();
    }

    private static void tick() {
      synchronized (LOCK) {
        while (users > 0) {
          now = read();
          try {
            LOCK.wait(TICK_MILLIS);
          } catch (InterruptedException e) {
            // Nobody has this thread to interrupt it; the next tick comes as always.
          }
        }
        ticking = false;
      }
    }

    private static long read() {
      return (System.nanoTime() - START) / 1_000_000; // Never negative, as the bare number may be.
    }

    @Override
    long millis() {
      return now;
    }

    @Override
    long epoch() {
      return System.currentTimeMillis() - now;
    }

    @Override
    public void close() {
      synchronized (LOCK) {
        if (!closed) {
          closed = true;
          users--;
          LOCK.notifyAll();
        }
      }
    }
  }
}
