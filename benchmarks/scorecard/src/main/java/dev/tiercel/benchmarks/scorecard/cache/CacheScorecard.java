package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.scorecard.LegacyTable;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import dev.tiercel.benchmarks.scorecard.Side;
import dev.tiercel.benchmarks.scorecard.TiercelSide;
import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures what the cache makes of a trace: how often it hits, what that saves, how it restarts;
 * and what it makes of traffic.
 */
public final class CacheScorecard {
  static final int WARM_UP = 1_000_000;
  private static final int MEASURED = 100_000;
  private static final int RESTARTS = 5;
  private static final int REQUESTS = 1_000;
  private static final int SPARE = 2 * RESTARTS * REQUESTS;
  private static final int BATCH = 5_000;

  private final Team team = new Team();
  private final CacheTable table = new CacheTable();
  private final TrafficTable trafficTable = new TrafficTable();
  private final Location location;
  private final Location copy;
  private final Location naiveTraffic;
  private final Location uncachedTraffic;
  private final Location cachedTraffic;
  private final Consumer<String> progress;

  private CacheScorecard(Workplace workplace, Consumer<String> progress) {
    this.location = new Location(workplace, "cached");
    this.copy = new Location(workplace, "uncached");
    this.naiveTraffic = new Location(workplace, "traffic-naive");
    this.uncachedTraffic = new Location(workplace, "traffic-uncached");
    this.cachedTraffic = new Location(workplace, "traffic-cached");
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param workplace where the files may lie
   * @param progress told what is being done
   * @return what came of it
   * @throws Exception if something breaks, or an answer of the cache is wrong
   */
  public static CacheResult run(Workplace workplace, Consumer<String> progress) throws Exception {
    CacheScorecard scorecard = new CacheScorecard(workplace, progress);
    scorecard.measure();
    List<Named> readings = new ArrayList<>(scorecard.table.readings());
    readings.addAll(scorecard.trafficTable.readings());
    return new CacheResult(
        String.join(
            System.lineSeparator(), scorecard.table.text(), "", scorecard.trafficTable.text()),
        scorecard.table.hitRate(),
        readings);
  }

  private void measure() throws Exception {
    progress.accept("caches: preparing the trace and its database");
    List<Operation> trace = Trace.of(team, WARM_UP + MEASURED + SPARE);
    List<Operation> measured = trace.subList(WARM_UP, WARM_UP + MEASURED);
    store();
    try (CachedTasks cached = new CachedTasks(location, location.inTiers())) {
      cached.copyTo(uncachedTraffic);
      cached.copyTo(cachedTraffic);
      Passage passage = new Passage(cached, new Perfect(new Board(team.rows())));
      progress.accept("caches: warming up");
      passage.run(trace.subList(0, WARM_UP));
      cached.copyTo(copy);
      progress.accept("caches: with");
      table.tiersBefore(cached);
      Passage.Result result = passage.run(measured);
      table.rates(result.rates(), result.best());
      table.tiers(cached);
      passage.checkLists(measured);
      progress.accept("caches: without");
      table.times(withoutCache(measured), result.times());
      table.compared(passage.compared());
      cached.flush();
    }
    progress.accept("caches: restarting");
    restart(reads(trace.subList(WARM_UP + MEASURED, trace.size())));
    traffic();
  }

  /** Each time with other requests, because the tiers keep what the last ones loaded. */
  private void restart(List<Read> next) throws InterruptedException {
    List<Restart> cold = new ArrayList<>();
    List<Restart> warm = new ArrayList<>();
    for (int i = 0; i < RESTARTS; i++) {
      List<Read> requests = next.subList(i * REQUESTS, (i + 1) * REQUESTS);
      cold.add(Restart.cold(location, requests));
      warm.add(Restart.warm(location, requests));
    }
    table.restart(Restart.median(cold), Restart.median(warm));
  }

  private void traffic() throws Exception {
    LegacyTable.write(naiveTraffic.tasks(), team.tasks());
    try (Side naive = new NaiveRepository(naiveTraffic.tasks(), Location.DURABILITY);
        Side uncached = uncached(uncachedTraffic);
        CachedTasks cached = new CachedTasks(cachedTraffic, cachedTraffic.inTiers())) {
      Traffic traffic = new Traffic(team, naive, uncached, cached);
      // Before the lists, which stay in memory long after they were wanted that often.
      progress.accept("traffic: tasks by id");
      trafficTable.byId(traffic.read(reads -> List.of(reads.byId())));
      progress.accept("traffic: lists");
      trafficTable.lists(traffic.read(Reads::page));
      progress.accept("traffic: half reads, half writes");
      trafficTable.readsAndWrites(traffic.readAndWrite());
    }
  }

  private void store() {
    try (Tiercel tiercel = location.inMemory().build()) {
      List<Task> all = team.tasks().toList();
      for (int i = 0; i < all.size(); i += BATCH) {
        tiercel.tasks().addAll(all.subList(i, Math.min(all.size(), i + BATCH)));
      }
    }
  }

  private static Side uncached(Location location) {
    return new TiercelSide("uncached", location.inMemory().uncached().build());
  }

  private Timed withoutCache(List<Operation> operations) {
    try (Side side = uncached(copy)) {
      Timed timed = new Timed(side);
      for (Operation operation : operations) {
        if (operation instanceof Write write) {
          timed.write(write);
        } else if (operation instanceof Read read) {
          timed.read(read);
        }
      }
      return timed;
    }
  }

  private static List<Read> reads(List<Operation> operations) {
    List<Read> reads = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation instanceof Read read) {
        reads.add(read);
      }
    }
    return reads;
  }
}
