package dev.tiercel.cache;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a tier alone for a while after it failed, longer each time: Nygard, "Release It!", chapter
 * "Stability Patterns". Says so once when it begins and once when it is over. Thread-safe.
 */
final class CircuitBreaker {
  private static final Logger LOG = LoggerFactory.getLogger(CircuitBreaker.class);
  private static final long FIRST_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 6;

  private final String tier;
  private final CoarseClock clock;
  private volatile boolean open;
  private volatile long retryAt; // Written under the lock of this, as the next.
  private int failures; // In a row.
  private final LongAdder allFailures = new LongAdder();

  CircuitBreaker(String tier, CoarseClock clock) {
    this.tier = tier;
    this.clock = clock;
  }

  /** Whether the tier may be used now. */
  private boolean isClosed() {
    return !open || clock.millis() >= retryAt;
  }

  /**
   * Uses the tier, if that is allowed.
   *
   * @param otherwise the answer when it is not, or when the use fails
   */
  <T extends @Nullable Object> T call(Supplier<T> use, T otherwise) {
    if (!isClosed()) {
      return otherwise;
    }
    T answer;
    try {
      answer = use.get();
    } catch (Exception | LinkageError | StackOverflowError e) {
      failed(e);
      return otherwise;
    }
    if (open) {
      recovered();
    }
    return answer;
  }

  private synchronized void failed(Throwable e) {
    if (!open) {
      LOG.warn(
          "The cache's tier {} failed and is left out; it is tried again from time to time",
          tier,
          e);
    }
    allFailures.increment();
    if (open && clock.millis() < retryAt) {
      return; // One of many that were under way.
    }
    open = true;
    retryAt = clock.millis() + (FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
    failures++;
  }

  private synchronized void recovered() {
    if (open) {
      LOG.info("The cache's tier {} is used again after {} failures", tier, failures);
      open = false;
      failures = 0;
    }
  }

  /** Whether the tier failed, and has not been used with success since. */
  boolean isOpen() {
    return open;
  }

  /** How often the tier failed. */
  long failures() {
    return allFailures.sum();
  }
}
