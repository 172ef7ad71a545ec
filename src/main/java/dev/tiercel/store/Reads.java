package dev.tiercel.store;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.sqlite.Session;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStats;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The queries of the repository, on whatever session they are given. */
final class Reads {
  private static final String BY_ID = "SELECT " + PackedRow.EXPRESSION + " FROM tasks WHERE id = ?";

  /* The indexes that lead with the agent give the groups without a sort. A task that was completed
   * without an agent counts for no agent, so completed ones are counted apart. */
  private static final String STATS =
      """
      SELECT 'pending', NULL, count(*) FROM tasks INDEXED BY tasks_pending_newest
        WHERE assigned_agent_id IS NULL AND completed_at IS NULL
      UNION ALL
      SELECT 'completed', NULL, count(*) FROM tasks INDEXED BY tasks_completed_newest
        WHERE completed_at IS NOT NULL
      UNION ALL
      SELECT 'holds', assigned_agent_id, count(*)
        FROM tasks INDEXED BY tasks_agent_assigned_newest
        WHERE assigned_agent_id IS NOT NULL AND completed_at IS NULL GROUP BY assigned_agent_id
      UNION ALL
      SELECT 'done', assigned_agent_id, count(*)
        FROM tasks INDEXED BY tasks_agent_completed_newest
        WHERE assigned_agent_id IS NOT NULL AND completed_at IS NOT NULL
        GROUP BY assigned_agent_id
      """;

  private Reads() {}

  static @Nullable Task byId(Session session, String id) throws SQLException {
    return session.first(BY_ID, statement -> statement.setString(1, id), Row::read);
  }

  /* One point read an id: as fast as a list of 50 in one IN, without a text for every length. */
  static List<Task> byIds(Session session, Iterable<String> ids) throws SQLException {
    List<Task> found = new ArrayList<>();
    for (String id : ids) {
      Task task = byId(session, id);
      if (task != null) {
        found.add(task);
      }
    }
    return List.copyOf(found);
  }

  /** Whether a page takes one statement, which sees one moment by itself. */
  static boolean isSingle(TaskQuery query) {
    return !query.withTotal() && new Listing(query).seeks(query.cursor()).size() == 1;
  }

  static Page<Task> page(Session session, TaskQuery query) throws SQLException {
    int limit = query.limit();
    Cursor cursor = query.cursor();
    List<Task> items = rows(session, query, cursor, limit + 1);
    OptionalLong total =
        query.withTotal() ? OptionalLong.of(count(session, query)) : OptionalLong.empty();
    boolean more = items.size() > limit;
    if (more) {
      items.remove(limit);
    }
    boolean backward = cursor != null && cursor.backward();
    if (backward) {
      Collections.reverse(items);
    }
    if (items.isEmpty()) {
      return new Page<>(items, Optional.empty(), Optional.empty(), total);
    }
    boolean follows = backward || more;
    boolean precedes = backward ? more : cursor != null;
    return new Page<>(
        items,
        follows ? Optional.of(Cursor.after(query, items.get(items.size() - 1))) : Optional.empty(),
        precedes ? Optional.of(Cursor.before(query, items.get(0))) : Optional.empty(),
        total);
  }

  /** The rows behind a place, in the order of the walk. */
  static List<Task> rows(Session session, TaskQuery query, @Nullable Cursor place, int limit)
      throws SQLException {
    List<Task> found = new ArrayList<>();
    Listing listing = new Listing(query);
    if (listing.isEmpty()) {
      return found;
    }
    for (Listing.Seek seek : listing.seeks(place)) {
      if (found.size() < limit) {
        Parameters sql = listing.select(seek, limit - found.size());
        found.addAll(session.list(sql.sql(), sql::bind, Row::read));
      }
    }
    return found;
  }

  static NumberedPage<Task> numberedPage(Session session, TaskQuery query, int page)
      throws SQLException {
    int perPage = query.limit();
    Listing listing = new Listing(query);
    if (listing.isEmpty()) {
      return new NumberedPage<>(List.of(), page, perPage, 0);
    }
    Parameters sql = listing.selectFrom((page - 1L) * perPage, perPage);
    List<Task> items = session.list(sql.sql(), sql::bind, Row::read);
    return new NumberedPage<>(items, page, perPage, count(session, query));
  }

  static long count(Session session, TaskQuery query) throws SQLException {
    Listing listing = new Listing(query);
    if (listing.isEmpty()) {
      return 0;
    }
    Parameters sql = listing.count();
    return session.number(sql.sql(), sql::bind);
  }

  private record Count(String of, @Nullable String agent, long number) {}

  static TaskStats stats(Session session) throws SQLException {
    long pending = 0;
    long completed = 0;
    long assigned = 0;
    Map<String, TaskStats.Agent> agents = new HashMap<>();
    for (Count count :
        session.list(
            STATS,
            Binder.NONE,
            row -> new Count(row.getString(1), row.getString(2), row.getLong(3)))) {
      if (count.agent() != null) {
        boolean holds = count.of().equals("holds");
        assigned += holds ? count.number() : 0;
        agents.merge(
            count.agent(),
            new TaskStats.Agent(holds ? count.number() : 0, holds ? 0 : count.number()),
            (a, b) ->
                new TaskStats.Agent(a.assigned() + b.assigned(), a.completed() + b.completed()));
      } else if (count.of().equals("pending")) {
        pending = count.number();
      } else {
        completed = count.number();
      }
    }
    return new TaskStats(pending, assigned, completed, agents);
  }
}
