package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.RescheduleUpdate;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.ScheduledTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.tiercel.cache.TieredCache;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Somebody else's repository, wrapped by its interface alone: db-scheduler's, over SQLite. */
class DbSchedulerTest {
  private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  private static final String NAME = "report";

  @TempDir private Path folder;
  private final TieredCache cache = Wrapped.cache();
  private TaskRepository bare;
  private TaskRepository wrapped;

  @BeforeEach
  void open() throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + folder.resolve("scheduler.db"));
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          """
          CREATE TABLE scheduled_tasks (task_name VARCHAR(100), task_instance VARCHAR(100),
            task_data BLOB, execution_time TIMESTAMP, picked BIT, picked_by VARCHAR(50),
            last_success TIMESTAMP, last_failure TIMESTAMP, consecutive_failures INT,
            last_heartbeat TIMESTAMP, version BIGINT, priority SMALLINT,
            PRIMARY KEY (task_name, task_instance))
          """);
    }
    SystemClock clock = new SystemClock();
    bare =
        new JdbcTaskRepository(
            source,
            false,
            new SqliteJdbcCustomization(),
            JdbcTaskRepository.DEFAULT_TABLE_NAME,
            new TaskResolver(
                SchedulerListeners.NOOP,
                clock,
                List.of(Tasks.oneTime(NAME, String.class).execute((instance, context) -> {}))),
            new SchedulerName.Fixed("agent-1"),
            false,
            clock);
    wrapped = wrap(bare, cache);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  private static String tag(TaskInstanceId task) {
    return tag(task.getTaskName(), task.getId());
  }

  private static String tag(String name, String id) {
    return "execution:" + name + "/" + id;
  }

  private static String tag(Execution execution) {
    return tag(execution.taskInstance);
  }

  private static List<String> tags(List<Execution> executions) {
    return executions.stream().map(DbSchedulerTest::tag).toList();
  }

  @SuppressWarnings("deprecation") // Its own, and they must be named all the same.
  private static TaskRepository wrap(TaskRepository target, TieredCache cache) {
    return Caching.of(TaskRepository.class, target)
        .with(cache)
        .cached(
            (ResultCall.Of2<TaskRepository, String, String, Optional<Execution>>)
                TaskRepository::getExecution,
            c -> c.tag((name, id) -> tag(name, id)))
        .cached(
            (ResultCall.Of1<TaskRepository, ScheduledExecutionsFilter, List<Execution>>)
                TaskRepository::getScheduledExecutions,
            c ->
                c.key(filter -> List.of(filter.getPickedValue(), filter.getIncludeUnresolved()))
                    .tag("executions")
                    .tagsOfResult(DbSchedulerTest::tags))
        .cached(TaskRepository::getScheduledExecutionsSummaryByTask, c -> c.tag("executions"))
        .invalidates(
            (ResultCall.Of1<TaskRepository, ScheduledTaskInstance, Boolean>)
                TaskRepository::createIfNotExists,
            i -> i.tag(task -> tag(task)).tag("executions"))
        .invalidates(
            (ResultCall.Of1<TaskRepository, SchedulableInstance<?>, Boolean>)
                TaskRepository::createIfNotExists,
            i -> i.tag(task -> tag(task)).tag("executions"))
        .invalidates(
            TaskRepository::createBatch,
            i -> i.tags(all -> all.stream().map(each -> tag(each)).toList()).tag("executions"))
        .invalidates(
            (ResultCall.Of2<TaskRepository, Execution, ScheduledTaskInstance, Instant>)
                TaskRepository::replace,
            i -> i.tag((old, task) -> tag(old)).tag((old, task) -> tag(task)).tag("executions"))
        .invalidates(
            (ResultCall.Of2<TaskRepository, Execution, SchedulableInstance<?>, Instant>)
                TaskRepository::replace,
            i -> i.tag((old, task) -> tag(old)).tag((old, task) -> tag(task)).tag("executions"))
        .invalidates(
            TaskRepository::lockAndFetchGeneric,
            i -> i.tag("executions").tagsOfResult(DbSchedulerTest::tags))
        .invalidates(
            TaskRepository::lockAndGetDue,
            i -> i.tag("executions").tagsOfResult(DbSchedulerTest::tags))
        .invalidates(
            TaskRepository::remove, i -> i.tag(execution -> tag(execution)).tag("executions"))
        .invalidates(
            (ResultCall.Of5<TaskRepository, Execution, Instant, Instant, Instant, Integer, Boolean>)
                TaskRepository::reschedule,
            i -> i.tag((e, next, success, failure, failures) -> tag(e)).tag("executions"))
        .invalidates(
            (ResultCall.Of6<
                    TaskRepository, Execution, Instant, Object, Instant, Instant, Integer, Boolean>)
                TaskRepository::reschedule,
            i -> i.tag((e, next, data, success, failure, failures) -> tag(e)).tag("executions"))
        .invalidates(
            (ResultCall.Of2<TaskRepository, Execution, RescheduleUpdate, Boolean>)
                TaskRepository::reschedule,
            i -> i.tag((e, update) -> tag(e)).tag("executions"))
        .invalidates(
            TaskRepository::pick, i -> i.tag((execution, time) -> tag(execution)).tag("executions"))
        .invalidates(
            TaskRepository::unpickPickedBatch, i -> i.tags(all -> tags(all)).tag("executions"))
        .invalidates(
            TaskRepository::updateHeartbeat, i -> i.tag((execution, time) -> tag(execution)))
        .invalidates(
            TaskRepository::updateHeartbeatWithRetry,
            i -> i.tag((execution, time, tries) -> tag(execution)))
        .invalidates(TaskRepository::removeExecutions, i -> i.everything())
        .passesThrough(TaskRepository::getDue) // What is due changes with the time.
        .passesThrough(TaskRepository::getDeadExecutions)
        .passesThrough(TaskRepository::getExecutionsFailingLongerThan)
        .passesThrough(
            (VoidCall.Of2<TaskRepository, ScheduledExecutionsFilter, Consumer<Execution>>)
                TaskRepository::getScheduledExecutions)
        .passesThrough(
            (VoidCall.Of3<TaskRepository, ScheduledExecutionsFilter, String, Consumer<Execution>>)
                TaskRepository::getScheduledExecutions)
        .passesThrough(TaskRepository::verifySupportsLockAndFetch)
        .build();
  }

  private static ScheduledTaskInstance task(String id) {
    return new ScheduledTaskInstance(new TaskInstance<>(NAME, id, "data of " + id), NOON);
  }

  @Test
  void itsReadsAreCached() {
    assertTrue(wrapped.createIfNotExists(task("1")));
    Execution first = wrapped.getExecution(NAME, "1").orElseThrow();
    assertSame(first, wrapped.getExecution(NAME, "1").orElseThrow());
    assertSame(first, wrapped.getExecution(new TaskInstance<>(NAME, "1")).orElseThrow());
    assertEquals("data of 1", first.taskInstance.getData());
    List<Execution> all = wrapped.getScheduledExecutions(ScheduledExecutionsFilter.all());
    assertSame(all, wrapped.getScheduledExecutions(ScheduledExecutionsFilter.all()));
    assertEquals(1, wrapped.getScheduledExecutionsSummaryByTask().size());
  }

  @Test
  void itsWritesInvalidateItsReads() {
    assertEquals(Optional.empty(), wrapped.getExecution(NAME, "1"));
    assertTrue(all().isEmpty());
    assertTrue(wrapped.createIfNotExists(task("1")));
    assertFalse(wrapped.createIfNotExists(task("1")));
    Execution made = wrapped.getExecution(NAME, "1").orElseThrow();
    assertEquals(1, all().size());

    Execution picked = wrapped.pick(made, NOON).orElseThrow();
    assertTrue(wrapped.getExecution(NAME, "1").orElseThrow().picked);
    assertTrue(all().get(0).picked);

    Instant later = NOON.plus(1, ChronoUnit.HOURS);
    assertTrue(wrapped.updateHeartbeat(picked, later));
    assertEquals(later, wrapped.getExecution(NAME, "1").orElseThrow().lastHeartbeat);

    assertTrue(wrapped.reschedule(picked, later, NOON, null, 0));
    Execution moved = wrapped.getExecution(NAME, "1").orElseThrow();
    assertEquals(later, moved.executionTime);
    assertEquals(bare.getExecution(NAME, "1").orElseThrow().version, moved.version);

    wrapped.remove(moved);
    assertEquals(Optional.empty(), wrapped.getExecution(NAME, "1"));
    assertTrue(all().isEmpty());
  }

  private List<Execution> all() {
    return wrapped.getScheduledExecutions(ScheduledExecutionsFilter.all());
  }

  @Test
  void manyAtOnceAreInvalidatedToo() {
    for (String id : List.of("1", "2", "3")) {
      assertEquals(Optional.empty(), wrapped.getExecution(NAME, id));
    }
    wrapped.createBatch(List.of(task("1"), task("2")));
    assertTrue(wrapped.getExecution(NAME, "1").isPresent());
    assertTrue(wrapped.getExecution(NAME, "2").isPresent());
    assertEquals(2, wrapped.getScheduledExecutionsSummaryByTask().get(0).instanceCount());
    assertEquals(2, wrapped.removeExecutions(NAME));
    assertEquals(Optional.empty(), wrapped.getExecution(NAME, "1"));
    assertTrue(wrapped.getScheduledExecutionsSummaryByTask().isEmpty());
  }
}
