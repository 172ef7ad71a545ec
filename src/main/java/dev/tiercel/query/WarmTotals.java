package dev.tiercel.query;

import java.time.Duration;

/**
 * What became of all rounds of a query together. Immutable.
 *
 * @param warmed how many calls returned
 * @param failed how many threw, or were stopped because the time was over
 * @param left how many were not begun
 * @param took how long the rounds took
 */
public record WarmTotals(long warmed, long failed, long left, Duration took) {
  static final WarmTotals NOTHING = new WarmTotals(0, 0, 0, Duration.ZERO);

  WarmTotals and(WarmReport round, Duration roundTook) {
    return new WarmTotals(
        warmed + round.warmed(),
        failed + round.failed(),
        left + round.left(),
        took.plus(roundTook));
  }
}
