package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import java.util.ArrayList;
import java.util.List;

/** What is measured of the object pool. */
final class PoolFigures {
  private static final String NANOS = "ns a lease and its end";
  private static final String CYCLE = "pool: PoolCycle.threads%s[peer=%s]";

  private PoolFigures() {}

  static List<Run> runs() {
    return List.of(Run.quick("pool", Subject.POOL, "PoolCycle -prof gc", 3, 105));
  }

  static List<Plot> plots() {
    return List.of(
        Plot.bars("pool", "A pool of ten objects")
            .column("1", "1 thread", NANOS)
            .column("2", "2 threads", NANOS)
            .column("8", "8 threads", NANOS)
            .ours("Tiercel", cycle("{}", "TIERCEL"))
            .ours("... with an age", cycle("{}", "TIERCEL_AGED"))
            .ours("... acquire and release", cycle("{}", "TIERCEL_ACQUIRE"))
            .peer("Stormpot, never expiring", cycle("{}", "STORMPOT"))
            .peer("Stormpot as it comes", cycle("{}", "STORMPOT_AGED"))
            .peer("HikariCP's ConcurrentBag", cycle("{}", "HIKARI_BAG"))
            .peer("ArrayBlockingQueue", cycle("{}", "ARRAY_BLOCKING_QUEUE"))
            .peer("Commons Pool", cycle("{}", "COMMONS_POOL"))
            .peer("no pool: two atomic operations", "pool: PoolCycle.floor", "", ""));
  }

  private static String cycle(String threads, String peer) {
    return CYCLE.formatted(threads, peer);
  }

  static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    for (String threads : List.of("1", "2", "8")) {
      String by = threads.equals("1") ? "1 thread" : threads + " threads";
      promises.add(beside(threads, by, "Stormpot", "STORMPOT", threads.equals("8") ? 1 : 0.9));
      promises.add(beside(threads, by, "Commons Pool", "COMMONS_POOL", 0.05));
    }
    promises.add(
        Promise.plain(
            "a lease and its end allocates",
            cycle("1", "TIERCEL") + "#gc.alloc.rate.norm",
            atMost(0.5, "B")));
    return promises;
  }

  private static Promise beside(String threads, String by, String name, String peer, double most) {
    return Promise.ratio(
            "a lease and its end by %s: times %s".formatted(by, name),
            cycle(threads, "TIERCEL"),
            cycle(threads, peer),
            atMost(most, "×"))
        .from(Promise.From.OURS);
  }
}
