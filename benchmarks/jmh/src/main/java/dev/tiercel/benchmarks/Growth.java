package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.Sample;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What each call costs among a thousand and among a million tasks.
 *
 * <p>A count must grow, since it walks along what it counts; the rest should not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Growth {
  private static final String BY_ID = "SELECT " + Raw.COLUMNS + " FROM tasks WHERE id = ?";

  /** Has more than 50 tasks even of a thousand. */
  private static final TaskQuery BUSIEST = TaskQuery.forAgent("agent-0");

  /** So many tasks, with Tiercel open. */
  @State(Scope.Benchmark)
  public static class Among {
    @Param({"1000", "10000", "100000", "1000000"})
    public int rows;

    private Path file;
    private Sample sample;
    private Tiercel tiercel;
    private int pending;
    private TaskQuery middle;

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
      file = Shelf.file(Table.TIERCEL, Content.TEAM, rows);
      sample = Sample.of(file, Math.max(100_000, rows / 2));
      tiercel = Tiercel.builder(file).uncached().build();
      pending = (int) Math.min(100, tiercel.tasks().count(TaskQuery.pending()));
      TaskQuery pages = TaskQuery.all().limit(50);
      NumberedPage<Task> page = tiercel.tasks().findPage(pages, rows / 100);
      middle = pages.at(Cursor.after(pages, page.items().get(49)));
    }

    @TearDown(Level.Trial)
    public void close() {
      tiercel.close();
    }
  }

  /** Statements held by hand. */
  @State(Scope.Thread)
  public static class Hand {
    private Held byId;
    private Held pending;

    @Setup(Level.Trial)
    public void open(Among among) throws SQLException {
      byId = Held.on(among.file, BY_ID);
      pending = Held.on(among.file, Raw.PENDING);
      pending.statement().setInt(1, 100);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      byId.close();
      pending.close();
    }
  }

  /** A copy to write into; without an fsync per commit, which would hide all else. */
  @State(Scope.Benchmark)
  public static class Into {
    @Param({"1000", "10000", "100000", "1000000"})
    public int rows;

    @Param("NORMAL")
    public Durability durability;

    @Param({"TIERCEL", "BARE"})
    public Peer peer;

    private Target target;

    @Setup(Level.Trial)
    public void open() throws IOException, SQLException {
      target = new Target(peer, durability, Content.TEAM, rows);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      try (Target done = target) {
        done.checkAdded();
      }
    }
  }

  @Benchmark
  public Task findById(Among among, Rows.Turn turn) {
    return among.tiercel.tasks().findById(turn.id(among.sample)).orElseThrow();
  }

  @Benchmark
  public Task findByIdHandHeld(Among among, Hand hand, Rows.Turn turn) throws SQLException {
    hand.byId.statement().setString(1, turn.id(among.sample));
    return Raw.one(hand.byId.statement());
  }

  @Benchmark
  public List<Task> findPending(Among among) {
    return Raw.full(among.pending, among.tiercel.tasks().findPending(100));
  }

  @Benchmark
  public List<Task> findPendingHandHeld(Among among, Hand hand) throws SQLException {
    return Raw.full(among.pending, Raw.list(hand.pending.statement()));
  }

  @Benchmark
  public List<Task> listOf50(Among among) {
    return Raw.full(50, among.tiercel.tasks().find(BUSIEST.limit(50)).items());
  }

  @Benchmark
  public List<Task> pageInTheMiddle(Among among) {
    return Raw.full(50, among.tiercel.tasks().find(among.middle).items());
  }

  @Benchmark
  public long countOfAgent(Among among) {
    long counted = among.tiercel.tasks().count(BUSIEST);
    if (counted < 50) {
      throw new IllegalStateException("counted only " + counted);
    }
    return counted;
  }

  @Benchmark
  public void insert(Into into, NewTasks tasks) throws SQLException {
    into.target.writer().add(tasks.next());
    into.target.wrote(1);
  }
}
