package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskOrder;
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
 * A page of 50 of all tasks at a depth: by Tiercel's cursor it should cost what page 1 costs.
 *
 * <p>{@code offset} is SQL's own way on the same table, with the same three arms.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeepPage {
  private static final int LIMIT = 50;
  // Longer ones leave code behind that was compiled for long lists, which slows the pages measured.
  private static final int STRIDE = 1_000;

  /** A place in a listing, and what is found there. */
  @State(Scope.Benchmark)
  public static class Place {
    @Param("1000000")
    public int rows;

    @Param({"NEWEST_FIRST", "URGENT_FIRST"})
    public TaskOrder order;

    @Param({"0", "1000", "300000"})
    public int depth;

    private Path file;
    private Tiercel tiercel;
    private TaskQuery query;
    private Task first;

    @Setup(Level.Trial)
    public void find() throws IOException, SQLException {
      file = Shelf.file(Table.TIERCEL, Content.TEAM, rows);
      tiercel = Tiercel.builder(file).uncached().build();
      query = TaskQuery.all().order(order);
      for (int left = depth; left > 0; left -= STRIDE) {
        Page<Task> step = tiercel.tasks().find(query.limit(Math.min(left, STRIDE)));
        query = query.at(step.next().orElseThrow());
      }
      query = query.limit(LIMIT);
      first = tiercel.tasks().find(query).items().get(0);
    }

    @TearDown(Level.Trial)
    public void close() {
      tiercel.close();
    }

    private List<Task> check(List<Task> page) {
      if (!Raw.full(LIMIT, page).get(0).id().equals(first.id())) {
        throw new IllegalStateException("another page begins with " + page.get(0));
      }
      return page;
    }
  }

  /** A statement held by hand that counts off what lies before the page. */
  @State(Scope.Thread)
  public static class Hand {
    private Held held;

    @Setup(Level.Trial)
    public void open(Place place) throws SQLException {
      boolean newest = place.order == TaskOrder.NEWEST_FIRST;
      String index = newest ? "_newest" : "_urgent";
      String order = newest ? "created_at DESC, id DESC" : "priority DESC, created_at, id";
      held =
          Held.on(
              place.file,
              arm("pending" + index, "assigned_agent_id IS NULL AND completed_at IS NULL")
                  + " UNION ALL "
                  + arm(
                      "assigned" + index, "assigned_agent_id IS NOT NULL AND completed_at IS NULL")
                  + " UNION ALL "
                  + arm("completed" + index, "completed_at IS NOT NULL")
                  + " ORDER BY "
                  + order
                  + " LIMIT ? OFFSET ?");
      held.statement().setInt(1, LIMIT);
      held.statement().setInt(2, place.depth);
    }

    private static String arm(String index, String condition) {
      return "SELECT "
          + Raw.COLUMNS
          + " FROM tasks INDEXED BY tasks_"
          + index
          + " WHERE "
          + condition;
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      held.close();
    }
  }

  @Benchmark
  public List<Task> tiercel(Place place) {
    return place.check(place.tiercel.tasks().find(place.query).items());
  }

  @Benchmark
  public List<Task> offset(Place place, Hand hand) throws SQLException {
    return place.check(Raw.list(hand.held.statement()));
  }
}
