package dev.tiercel.web;

import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads how many tasks there are. Counting them may take long, so it is done in the background,
 * only while somebody watches, and never for more than a twentieth of the time.
 */
final class DashboardTasksReader implements DashboardReader {
  private static final int SHARE = 20;

  private final TaskRepository tasks;
  private final Executor background;
  private final LongSupplier nanoTime;

  // Guarded by: this
  private boolean counting;
  private boolean begun;
  private long endedAt;
  private long took;
  private @Nullable TaskStats counted;
  private @Nullable RuntimeException failure;

  DashboardTasksReader(TaskRepository tasks, Executor background, LongSupplier nanoTime) {
    this.tasks = tasks;
    this.background = background;
    this.nanoTime = nanoTime;
  }

  @Override
  public void read(DashboardReading reading) {
    TaskStats known;
    RuntimeException failed;
    boolean due;
    synchronized (this) {
      known = counted;
      failed = failure;
      boolean rested = !begun || nanoTime.getAsLong() - endedAt >= took * SHARE;
      due = reading.isWatched && !counting && rested;
      counting |= due;
      begun |= due;
    }
    if (due) {
      background.execute(this::count);
    }
    if (failed != null) {
      throw failed;
    }
    if (known != null && reading.isWatched) {
      show(reading, known);
    }
  }

  private static void show(DashboardReading reading, TaskStats known) {
    reading.point("tasks", "pending", known.pending());
    reading.point("tasks", "assigned", known.assigned());
    reading
        .detail
        .field("pending", known.pending())
        .field("assigned", known.assigned())
        .field("completed", known.completed())
        .field("agents", known.byAgent().size());
  }

  private void count() {
    long at = nanoTime.getAsLong();
    TaskStats now = null;
    RuntimeException thrown = null;
    try {
      now = tasks.stats();
    } catch (RuntimeException e) {
      thrown = e;
    } finally {
      synchronized (this) {
        counting = false;
        endedAt = nanoTime.getAsLong();
        took = endedAt - at;
        counted = now;
        failure = thrown;
      }
    }
  }
}
