package dev.tiercel.query;

import java.time.Duration;
import java.time.Instant;

/** Spreads what is begun evenly over time. Thread-safe. */
final class Pace {
  private final Duration between;
  private Instant free = Instant.MIN; // Guarded by: this

  /**
   * A pace.
   *
   * @param between the time from one begin to the next; zero for as fast as it goes
   */
  Pace(Duration between) {
    this.between = between;
  }

  /** Takes the next turn; how long it is until then. */
  synchronized Duration next(Instant now) {
    if (between.isZero()) {
      return Duration.ZERO;
    }
    Instant at = free.isAfter(now) ? free : now;
    free = at.plus(between);
    return Duration.between(now, at);
  }
}
