package dev.tiercel.benchmarks;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a table holds, the same at every run. */
public enum Content {
  /** A team's tasks: 8 % pending, 7 % assigned, the rest completed. */
  TEAM {
    @Override
    Stream<Task> stream(int rows) {
      return GeneratedTasks.stream(rows).map(Content::stored);
    }
  },
  /** One in a hundred pending, the rest completed. */
  PENDING_1 {
    @Override
    Stream<Task> stream(int rows) {
      return pending(1, rows);
    }
  },
  /** Half of them pending, the rest completed. */
  PENDING_50 {
    @Override
    Stream<Task> stream(int rows) {
      return pending(50, rows);
    }
  },
  /** All of them pending. */
  PENDING_100 {
    @Override
    Stream<Task> stream(int rows) {
      return pending(100, rows);
    }
  },
  /** Half of them pending, and on top 100,000 claimed ones that are more urgent and older. */
  CLAIMED_HEAD {
    @Override
    Stream<Task> stream(int rows) {
      return Stream.concat(IntStream.range(0, HEAD).mapToObj(Content::claimed), pending(50, rows));
    }
  };

  private static final int HEAD = 100_000;
  private static final Instant BEFORE_ALL = Instant.parse("2023-01-01T00:00:00Z");
  private static final Instant AFTER_ALL = Instant.parse("2100-01-01T00:00:00Z");

  /** The tasks as they are stored, in the order in which they are. */
  abstract Stream<Task> stream(int rows);

  private static Stream<Task> pending(int percent, int rows) {
    int[] next = {0};
    return GeneratedTasks.stream(rows)
        .map(task -> next[0]++ % 100 < percent ? pending(task) : completed(task));
  }

  private static Task pending(Task task) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        null,
        task.createdAt(),
        null,
        null,
        task.priority(),
        task.updatedAt(),
        1,
        0,
        null);
  }

  private static Task completed(Task task) {
    Instant done = task.createdAt().plus(Duration.ofHours(1));
    return task.completedAt() == null
        ? stored(task).assignedTo("agent-0", task.createdAt()).completed(done)
        : stored(task);
  }

  private static Task claimed(int i) {
    return new Task(
        new UUID(0, i).toString(),
        "Claimed before all others are looked at",
        null,
        "agent-" + i % 80,
        BEFORE_ALL.plusSeconds(i),
        BEFORE_ALL.plusSeconds(i),
        null,
        9,
        BEFORE_ALL.plusSeconds(i),
        2,
        1,
        AFTER_ALL);
  }

  private static Task stored(Task task) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        task.updatedAt(),
        1,
        0,
        null);
  }
}
