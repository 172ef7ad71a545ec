package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.LegacyTable;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
 * The 100 most urgent pending tasks: whether their cost depends on how much else there is.
 *
 * <p>Nobody has run ANALYZE. Tiercel's statement and the old plan's are held by hand on connections
 * with the same settings; {@code legacyIndexed} is the old plan's table with its three indexes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FindPending {
  private static final int LIMIT = 100;

  private static final String ON_LEGACY =
      "SELECT "
          + LegacyTable.COLUMNS
          + " FROM tasks WHERE assigned_agent_id IS NULL AND completed_at IS NULL"
          + " ORDER BY priority DESC, created_at ASC LIMIT ?";

  /** What there is, beside what is asked for. */
  @State(Scope.Benchmark)
  public static class Among {
    @Param({"10000", "1000000"})
    public int rows;

    @Param({"PENDING_1", "PENDING_50", "PENDING_100", "CLAIMED_HEAD"})
    public Content content;

    final Path in(Table table) throws IOException, SQLException {
      return Shelf.file(table, content, rows);
    }
  }

  /** Tiercel. */
  @State(Scope.Benchmark)
  public static class Library {
    private Tiercel tiercel;

    @Setup(Level.Trial)
    public void open(Among among) throws IOException, SQLException {
      tiercel = Tiercel.builder(among.in(Table.TIERCEL)).uncached().build();
    }

    @TearDown(Level.Trial)
    public void close() {
      tiercel.close();
    }
  }

  /** A statement held by hand on Tiercel's table. */
  @State(Scope.Thread)
  public static class Hand {
    private Held held;

    @Setup(Level.Trial)
    public void open(Among among) throws IOException, SQLException {
      held = Held.on(among.in(Table.TIERCEL), Raw.PENDING);
      held.statement().setInt(1, LIMIT);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      held.close();
    }
  }

  /** A statement held by hand on the legacy table with its indexes. */
  @State(Scope.Thread)
  public static class OnLegacy {
    private Held held;

    @Setup(Level.Trial)
    public void open(Among among) throws IOException, SQLException {
      held = Held.on(among.in(Table.LEGACY_INDEXED), ON_LEGACY);
      held.statement().setInt(1, LIMIT);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      held.close();
    }
  }

  @Benchmark
  public List<Task> tiercel(Library library) {
    return Raw.full(LIMIT, library.tiercel.tasks().findPending(LIMIT));
  }

  @Benchmark
  public List<Task> handHeld(Hand hand) throws SQLException {
    return Raw.full(LIMIT, Raw.list(hand.held.statement()));
  }

  @Benchmark
  public List<Task> legacyIndexed(OnLegacy legacy) throws SQLException {
    List<Task> tasks = new ArrayList<>();
    try (ResultSet row = legacy.held.statement().executeQuery()) {
      while (row.next()) {
        tasks.add(LegacyTable.read(row));
      }
    }
    return Raw.full(LIMIT, tasks);
  }
}
