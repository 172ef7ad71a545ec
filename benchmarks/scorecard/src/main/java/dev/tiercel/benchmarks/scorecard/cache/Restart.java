package dev.tiercel.benchmarks.scorecard.cache;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * The first requests after everything was closed and opened again.
 *
 * @param openMillis how long it took to open
 * @param millis how long the requests took, one after the other
 * @param loads how many of them reached the repository
 */
record Restart(double openMillis, double millis, double loads) {
  private static final int COMPARED = 20;

  /**
   * Opens, asks, and closes.
   *
   * @param tiers whether with the tiers below memory that the last run left, or with memory alone
   */
  static Restart of(Location location, boolean tiers, List<Read> requests) {
    long start = System.nanoTime();
    try (CachedTasks cached =
        CachedTasks.open(location, tiers ? location.tiers() : UnaryOperator.identity())) {
      long ready = System.nanoTime();
      requests.forEach(cached::read);
      long end = System.nanoTime();
      long loads = cached.loads();
      compare(cached, requests);
      return new Restart((ready - start) / 1e6, (end - ready) / 1e6, loads);
    }
  }

  private static void compare(CachedTasks cached, List<Read> requests) {
    for (int i = 0; i < requests.size(); i += COMPARED) {
      Read read = requests.get(i);
      if (!cached.read(read).equals(read.from(cached.tasks()))) {
        throw new IllegalStateException("after a restart, the answers to " + read + " differ");
      }
    }
  }

  /** The median of each figure. */
  static Restart median(List<Restart> of) {
    return new Restart(
        median(of, Restart::openMillis), median(of, Restart::millis), median(of, Restart::loads));
  }

  private static double median(List<Restart> of, ToDoubleFunction<Restart> figure) {
    return of.stream().mapToDouble(figure).sorted().toArray()[of.size() / 2];
  }
}
