package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Measures what the cache makes of a trace: how often it hits, what that saves, how it restarts.
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
  private final Location location;
  private final Location copy;
  private final Consumer<String> progress;

  private CacheScorecard(Workplace workplace, Consumer<String> progress) {
    this.location = new Location(workplace, "cached");
    this.copy = new Location(workplace, "uncached");
    this.progress = progress;
  }

  /**
   * Runs it.
   *
   * @param workplace where the files may lie
   * @param progress told what is being done
   * @return what is to be printed
   * @throws InterruptedException if this thread is interrupted
   */
  public static String run(Workplace workplace, Consumer<String> progress)
      throws InterruptedException {
    CacheScorecard scorecard = new CacheScorecard(workplace, progress);
    scorecard.measure();
    return scorecard.table.text();
  }

  private void measure() throws InterruptedException {
    progress.accept("caches: preparing the trace and its database");
    List<Operation> trace = Trace.of(team, WARM_UP + MEASURED + SPARE);
    List<Operation> measured = trace.subList(WARM_UP, WARM_UP + MEASURED);
    store();
    try (CachedTasks cached = CachedTasks.open(location, location.tiers())) {
      Passage passage = new Passage(cached, new Perfect(new Board(team.tasks().map(Row::of))));
      progress.accept("caches: warming up");
      passage.run(trace.subList(0, WARM_UP));
      cached.copyTo(copy);
      progress.accept("caches: with");
      table.tiersBefore(cached);
      Passage.Result result = passage.run(measured);
      table.hits(result, cached);
      passage.checkLists(measured);
      progress.accept("caches: without");
      table.times(withoutCache(measured), result.times());
      table.compared(passage.compared());
      cached.flush();
    }
    progress.accept("caches: restarting");
    restart(reads(trace.subList(WARM_UP + MEASURED, trace.size())));
  }

  /** Each time with other requests, because the tiers keep what the last ones loaded. */
  private void restart(List<Read> next) {
    List<Restart> memory = new ArrayList<>();
    List<Restart> tiers = new ArrayList<>();
    for (int i = 0; i < RESTARTS; i++) {
      List<Read> requests = next.subList(i * REQUESTS, (i + 1) * REQUESTS);
      memory.add(Restart.of(location, false, requests));
      tiers.add(Restart.of(location, true, requests));
    }
    table.restart(Restart.median(memory), Restart.median(tiers));
  }

  private void store() {
    try (CachedTasks cached = CachedTasks.open(location, UnaryOperator.identity())) {
      List<Task> all = team.tasks().toList();
      for (int i = 0; i < all.size(); i += BATCH) {
        cached.tasks().addAll(all.subList(i, Math.min(all.size(), i + BATCH)));
      }
    }
  }

  private Timed withoutCache(List<Operation> operations) {
    try (SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(copy.tasks()).durability(CachedTasks.DURABILITY),
            false,
            InstantSource.system())) {
      Timed timed = new Timed(Answers.of(tasks));
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
