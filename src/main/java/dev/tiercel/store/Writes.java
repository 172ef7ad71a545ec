package dev.tiercel.store;

import dev.tiercel.sqlite.Changes;
import dev.tiercel.sqlite.Session;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepositoryException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change single tasks. A task that may not be written is an outcome and not an
 * exception here: the group's leader runs the statement, but the caller throws.
 *
 * @param session the writer's session, inside a transaction
 * @param changes takes what is changed
 * @param noting whether anybody wants to know the changed rows
 * @param now the time of the write
 */
record Writes(Session session, Changes changes, boolean noting, Instant now) {
  private static final String INSERT =
      "INSERT INTO tasks ("
          + Row.COLUMNS
          + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
          + " ON CONFLICT (id) DO NOTHING";

  private static final String UPDATE =
      "UPDATE tasks SET ("
          + Row.COLUMNS
          + ") = (?,?,?,?,?,?,?,?,?,?,?,?)"
          + " WHERE id = ? AND version = ?";

  private static final String DELETE = "DELETE FROM tasks WHERE id = ?";

  private static final String PRUNE =
      "DELETE FROM tasks WHERE rowid IN (SELECT rowid FROM tasks INDEXED BY tasks_completion"
          + " WHERE completed_at IS NOT NULL AND completed_at < ?"
          + " ORDER BY completed_at, id LIMIT ?)";

  private static final String RETURNING = " RETURNING " + PackedRow.EXPRESSION;

  /**
   * What became of a task.
   *
   * @param task the task as it was given
   * @param stored the task as it is stored, or null if it was refused
   * @param found the version that was in the way, or null if there was no such task
   * @param adding whether it was to be added
   */
  record Outcome(Task task, @Nullable Task stored, @Nullable Long found, boolean adding) {
    Task orThrow() {
      if (stored != null) {
        return stored;
      }
      throw refusal();
    }

    TaskRepositoryException refusal() {
      String id = task.id();
      if (adding) {
        return new DuplicateTaskException(
            "task " + id + " exists already; save it to change it, or add it under another id");
      }
      if (found == null) {
        return new StaleTaskException(
            "task " + id + " was deleted since it was read at version " + task.version());
      }
      return new StaleTaskException(
          task.version() == 0
              ? "task %s is new, but its id is taken by version %d; read that one to change it"
                  .formatted(id, found)
              : "task %s was read at version %d and is at version %d now; read it again"
                  .formatted(id, task.version(), found));
    }
  }

  Outcome add(Task task) throws SQLException {
    Task stored = written(task, 0);
    boolean done = session.update(INSERT, row -> Row.bind(row, stored)) == 1;
    note(done, null, stored);
    return new Outcome(task, done ? stored : null, null, true);
  }

  Outcome save(Task task) throws SQLException {
    // A task of version 0 is only stored where there is none before.
    Task before = noting && task.version() > 0 ? Reads.byId(session, task.id()) : null;
    Task stored = written(task, task.version());
    boolean done;
    if (task.version() == 0) {
      done = session.update(INSERT, row -> Row.bind(row, stored)) == 1;
    } else {
      done =
          session.update(
                  UPDATE,
                  row -> {
                    Row.bind(row, stored);
                    row.setString(13, task.id());
                    row.setLong(14, task.version());
                  })
              == 1;
    }
    note(done, before, stored);
    return new Outcome(task, done ? stored : null, done ? null : version(task.id()), false);
  }

  boolean delete(String id) throws SQLException {
    if (!noting) {
      return session.update(DELETE, row -> row.setString(1, id)) == 1;
    }
    Task before = session.first(DELETE + RETURNING, row -> row.setString(1, id), Row::read);
    note(before != null, before, null);
    return before != null;
  }

  int prune(Instant completedBefore, int batch) throws SQLException {
    if (!noting) {
      return session.update(
          PRUNE,
          row -> {
            row.setLong(1, Row.microsFrom(completedBefore));
            row.setInt(2, batch);
          });
    }
    List<Task> gone =
        session.list(
            PRUNE + RETURNING,
            row -> {
              row.setLong(1, Row.microsFrom(completedBefore));
              row.setInt(2, batch);
            },
            Row::read);
    gone.forEach(before -> note(true, before, null));
    return gone.size();
  }

  void note(boolean done, @Nullable Task before, @Nullable Task after) {
    if (noting && done) {
      changes.add(Row.TABLE, before, after);
    }
  }

  private Task written(Task task, long version) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        now,
        version + 1,
        task.lease(),
        task.leaseExpiresAt());
  }

  private @Nullable Long version(String id) throws SQLException {
    return session.first(
        "SELECT version FROM tasks WHERE id = ?",
        row -> row.setString(1, id),
        row -> row.getLong(1));
  }
}
