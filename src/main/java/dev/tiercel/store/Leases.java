package dev.tiercel.store;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statements that take, keep and end leases. A lease's number is drawn from a counter that only
 * grows, so it fences: who holds an older number can no longer write.
 *
 * @param writes the transaction
 */
record Leases(Writes writes) {
  private static final String TAKE =
      "UPDATE tasks SET assigned_agent_id = ?, assigned_at = ?, updated_at = ?,"
          + " version = version + 1, lease = ?, lease_expires_at = ? WHERE rowid IN (";

  private static final String OVERDUE =
      " FROM tasks INDEXED BY tasks_lease"
          + " WHERE lease_expires_at IS NOT NULL AND completed_at IS NULL AND lease_expires_at <= ?";

  private static final String PENDING =
      " FROM tasks INDEXED BY tasks_pending_urgent"
          + " WHERE assigned_agent_id IS NULL AND completed_at IS NULL";

  private static final String FENCED = " WHERE id = ? AND lease = ? AND completed_at IS NULL";

  private static final String RETURNING = " RETURNING " + PackedRow.EXPRESSION;

  List<Task> claim(String agent, int n, Duration time, TaskFilter filter) throws SQLException {
    long lease = 1 + writes.session().number("SELECT last FROM tiercel_lease", Binder.NONE);
    List<Task> taken = new ArrayList<>();
    Parameters overdue = new Parameters().sql(OVERDUE).value(Row.micros(writes.now()));
    take(taken, agent, n, time, lease, overdue, filter, " ORDER BY lease_expires_at, id");
    if (taken.size() < n) {
      take(
          taken,
          agent,
          n - taken.size(),
          time,
          lease,
          new Parameters().sql(PENDING),
          filter,
          " ORDER BY priority DESC, created_at, id");
    }
    if (!taken.isEmpty()) {
      writes.session().update("UPDATE tiercel_lease SET last = ?", row -> row.setLong(1, lease));
    }
    taken.sort(TaskOrder.URGENT_FIRST.comparator());
    return List.copyOf(taken);
  }

  private void take(
      List<Task> taken,
      String agent,
      int n,
      Duration time,
      long lease,
      Parameters from,
      TaskFilter filter,
      String order)
      throws SQLException {
    Listing.filter(from, filter, false);
    from.sql(order).sql(" LIMIT ?").value(n);
    Map<String, Task> before = new HashMap<>();
    if (writes.noting()) {
      writes
          .session()
          .list("SELECT " + PackedRow.EXPRESSION + from.sql(), from::bind, Row::read)
          .forEach(task -> before.put(task.id(), task));
    }
    Parameters update =
        new Parameters()
            .sql(TAKE)
            .value(agent)
            .value(Row.micros(writes.now()))
            .value(Row.micros(writes.now()))
            .value(lease)
            .value(Row.micros(writes.now().plus(time)))
            .sql("SELECT rowid")
            .append(from)
            .sql(")")
            .sql(RETURNING);
    for (Task after : writes.session().list(update.sql(), update::bind, Row::read)) {
      writes.note(true, before.get(after.id()), after);
      taken.add(after);
    }
  }

  /**
   * What became of a task under a lease.
   *
   * @param id the task
   * @param lease the lease that was shown
   * @param done the task as it is stored, or null if it was refused
   * @param found the task that was in the way, or null if there is none
   */
  record Outcome(String id, long lease, @Nullable Task done, @Nullable Task found) {
    Task orThrow() {
      if (done != null) {
        return done;
      }
      if (found == null) {
        throw new StaleTaskException("task " + id + " does not exist any more");
      }
      throw new StaleTaskException(
          found.lease() == lease
              ? "task %s is %s since %s".formatted(id, found.status(), found.completedAt())
              : "task %s is %s and no longer under lease %d; its lease is %d, its agent %s"
                  .formatted(id, found.status(), lease, found.lease(), found.assignedAgentId()));
    }
  }

  Outcome renew(String id, long lease, Duration time) throws SQLException {
    Instant until = writes.now().plus(time);
    return change(id, lease, "lease_expires_at = ?", Row.micros(until));
  }

  Outcome complete(String id, long lease) throws SQLException {
    Outcome outcome =
        change(id, lease, "completed_at = ?, lease_expires_at = NULL", Row.micros(writes.now()));
    Task found = outcome.found();
    boolean again = found != null && found.completedAt() != null && found.lease() == lease;
    return again ? new Outcome(id, lease, found, null) : outcome;
  }

  Outcome release(String id, long lease) throws SQLException {
    return change(
        id,
        lease,
        "assigned_agent_id = NULL, assigned_at = NULL, lease = 0, lease_expires_at = NULL",
        null);
  }

  private Outcome change(String id, long lease, String set, @Nullable Long value)
      throws SQLException {
    Task before = writes.noting() ? Reads.byId(writes.session(), id) : null;
    Parameters sql = new Parameters().sql("UPDATE tasks SET ").sql(set);
    if (value != null) {
      sql.value(value);
    }
    sql.sql(", updated_at = ?, version = version + 1")
        .value(Row.micros(writes.now()))
        .sql(FENCED)
        .value(id)
        .value(lease)
        .sql(RETURNING);
    Task done = writes.session().first(sql.sql(), sql::bind, Row::read);
    writes.note(done != null, before, done);
    return new Outcome(id, lease, done, done == null ? Reads.byId(writes.session(), id) : null);
  }
}
