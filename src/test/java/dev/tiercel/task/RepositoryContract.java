package dev.tiercel.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the suites share: a fresh repository, and a clock that the test sets. */
public abstract class RepositoryContract {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration MINUTE = Duration.ofMinutes(1);

  final ManualClock clock = new ManualClock(START);
  TaskRepository tasks;

  /** Opens an empty repository that reads the time from this clock. */
  protected abstract TaskRepository open(InstantSource clock);

  @BeforeEach
  void openRepository() {
    tasks = open(clock);
  }

  @AfterEach
  void closeRepository() throws Exception {
    if (tasks instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  /** A new pending task, created at {@link #START}. */
  static Task task(String id) {
    return Task.titled("Task " + id.length()).withId(id).withCreatedAt(START);
  }

  /** The task as it is stored by a write at this time. */
  static Task written(Task task, long version, Instant at) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        at,
        version,
        task.lease(),
        task.leaseExpiresAt());
  }

  static List<String> ids(Collection<Task> of) {
    return of.stream().map(Task::id).toList();
  }

  final Task stored(String id) {
    return tasks.findById(id).orElseThrow();
  }

  /** A new task that is claimed for a minute; nothing else may be there to claim. */
  final Task claimed(String id) {
    tasks.add(task(id));
    return tasks.claim("agent", 1, MINUTE).get(0);
  }

  /** Hands a null to a parameter that allows none. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T nothing() {
    return null;
  }
}
