package dev.tiercel.query;

/**
 * What became of warming everything once. Immutable.
 *
 * @param warmed how many calls returned
 * @param failed how many threw, or were stopped because the time was over
 * @param left how many were not begun: the time was over, nobody reads the key, or the warmer was
 *     closed
 */
public record WarmReport(int warmed, int failed, int left) {
  static final WarmReport NOTHING = new WarmReport(0, 0, 0);

  WarmReport and(WarmReport other) {
    return new WarmReport(warmed + other.warmed, failed + other.failed, left + other.left);
  }
}
