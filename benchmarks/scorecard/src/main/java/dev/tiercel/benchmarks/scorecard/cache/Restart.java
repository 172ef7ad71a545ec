package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.TiercelBuilder;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The first requests after everything was closed and opened again.
 *
 * @param openMillis how long it took to open, and to get warm
 * @param millis how long the requests took, one after the other
 * @param loads how many of them reached the database
 * @param hitRate how many did not, in per cent
 */
record Restart(double openMillis, double millis, double loads, double hitRate) {
  private static final int COMPARED = 20;
  private static final int BUSIEST = 20;

  /** With memory alone. */
  static Restart cold(Location location, List<Read> requests) throws InterruptedException {
    return of(location, location.inMemory(), false, requests);
  }

  /** With the tiers below memory that the last run left, and what is warmed at the start. */
  static Restart warm(Location location, List<Read> requests) throws InterruptedException {
    TiercelBuilder stack =
        location
            .inTiers()
            .warm("pending", Duration.ofMinutes(1), tasks -> tasks.findPending(Read.LIST))
            .warm("busiest agents", Duration.ofMinutes(10), Restart::listBusiest);
    return of(location, stack, true, requests);
  }

  private static int listBusiest(TaskRepository tasks) {
    Comparator<Map.Entry<String, TaskStats.Agent>> byCompleted =
        Comparator.comparing(agent -> agent.getValue().completed());
    return tasks.stats().byAgent().entrySet().stream()
        .sorted(byCompleted.reversed())
        .limit(BUSIEST)
        .mapToInt(agent -> tasks.findByAgent(agent.getKey(), Read.LIST).size())
        .sum();
  }

  private static Restart of(
      Location location, TiercelBuilder stack, boolean warm, List<Read> requests)
      throws InterruptedException {
    long start = System.nanoTime();
    try (CachedTasks cached = new CachedTasks(location, stack)) {
      if (warm) {
        cached.awaitWarmth();
      }
      long ready = System.nanoTime();
      long before = cached.loads();
      requests.forEach(read -> read.from(cached.side()));
      long loads = cached.loads() - before;
      long end = System.nanoTime();
      for (int i = 0; i < requests.size(); i += COMPARED) {
        cached.check(requests.get(i), requests.get(i).from(cached.side()));
      }
      double hitRate = 100.0 * (requests.size() - loads) / requests.size();
      return new Restart((ready - start) / 1e6, (end - ready) / 1e6, loads, hitRate);
    }
  }

  /** The median of each figure. */
  static Restart median(List<Restart> of) {
    return new Restart(
        median(of, Restart::openMillis),
        median(of, Restart::millis),
        median(of, Restart::loads),
        median(of, Restart::hitRate));
  }

  private static double median(List<Restart> of, ToDoubleFunction<Restart> figure) {
    return Columns.median(of.stream().mapToDouble(figure));
  }
}
