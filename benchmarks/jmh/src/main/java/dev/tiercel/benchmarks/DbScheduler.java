package dev.tiercel.benchmarks;

import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.TaskResolver;
import com.github.kagkarlsson.scheduler.event.SchedulerListeners;
import com.github.kagkarlsson.scheduler.jdbc.JdbcTaskRepository;
import com.github.kagkarlsson.scheduler.jdbc.SqliteJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.ScheduledTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.tiercel.task.Task;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * db-scheduler's own repository on its own SQLite support.
 *
 * <p>A task's text is its data, in its default serialization; its time of execution is ours of
 * creation; what we call assigned or completed is picked, because it deletes what is completed.
 * Priorities stay off, which is its default: with them on, SQLite reads and sorts all that is due
 * at every poll.
 */
final class DbScheduler {
  static final String TABLE = JdbcTaskRepository.DEFAULT_TABLE_NAME;
  static final String AGENT = "agent-1";

  /** The columns, key and indexes of its SQLite schema. */
  static final String SCHEMA =
      """
      CREATE TABLE scheduled_tasks (task_name VARCHAR(100), task_instance VARCHAR(100),
        task_data BLOB, execution_time TIMESTAMP, picked BIT, picked_by VARCHAR(50),
        last_success TIMESTAMP, last_failure TIMESTAMP, consecutive_failures INT,
        last_heartbeat TIMESTAMP, version BIGINT, priority SMALLINT,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
      CREATE INDEX priority_execution_time_idx
        ON scheduled_tasks (priority DESC, execution_time ASC);
      """;

  static final String INSERT =
      "INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked,"
          + " picked_by, last_heartbeat, version, priority) VALUES (?,?,?,?,?,?,?,?,?)";

  private static final String NAME = "task";
  private static final SqliteJdbcCustomization SQLITE = new SqliteJdbcCustomization();

  private DbScheduler() {}

  static JdbcTaskRepository on(DataSource source) {
    SystemClock clock = new SystemClock();
    return new JdbcTaskRepository(
        source,
        false,
        SQLITE,
        TABLE,
        new TaskResolver(
            SchedulerListeners.NOOP,
            clock,
            List.of(Tasks.oneTime(NAME, String.class).execute((instance, context) -> {}))),
        new SchedulerName.Fixed(AGENT),
        false,
        clock);
  }

  static TaskInstance<String> instance(String id) {
    return new TaskInstance<>(NAME, id);
  }

  static ScheduledTaskInstance scheduled(Task task) {
    return new ScheduledTaskInstance(
        new TaskInstance<>(NAME, task.id(), () -> text(task), task.priority()), task.createdAt());
  }

  private static String text(Task task) {
    return task.description() == null ? task.title() : task.title() + "\n" + task.description();
  }

  static void bind(PreparedStatement statement, Task task) throws SQLException {
    statement.setString(1, NAME);
    statement.setString(2, task.id());
    statement.setBytes(3, Serializer.DEFAULT_JAVA_SERIALIZER.serialize(text(task)));
    SQLITE.setInstant(statement, 4, task.createdAt());
    statement.setBoolean(5, task.assignedAgentId() != null);
    statement.setString(6, task.assignedAgentId());
    SQLITE.setInstant(statement, 7, task.assignedAt());
    statement.setLong(8, task.version());
    statement.setInt(9, task.priority());
  }
}
