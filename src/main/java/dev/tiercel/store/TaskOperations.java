package dev.tiercel.store;

import dev.tiercel.sqlite.Changes;
import dev.tiercel.sqlite.Session;
import dev.tiercel.sqlite.SqlFunction;
import dev.tiercel.task.BatchResult;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a repository in terms of three ways to reach a session, which differ between
 * the repository itself and the one that is bound to a transaction.
 */
abstract class TaskOperations implements TaskRepository {
  final InstantSource clock;

  TaskOperations(InstantSource clock) {
    this.clock = clock;
  }

  /** Work inside a write transaction. */
  @FunctionalInterface
  interface Writing<T extends @Nullable Object> {
    T run(Writes writes) throws SQLException;
  }

  /** Runs a single query. */
  abstract <T extends @Nullable Object> T read(SqlFunction<T> work);

  /** Runs several queries as of one moment. */
  abstract <T extends @Nullable Object> T readSnapshot(SqlFunction<T> work);

  /** Runs several queries as of one moment that must not stay open for longer. */
  abstract <T extends @Nullable Object> T readSnapshot(Duration atMost, SqlFunction<T> work);

  /** Runs a write; {@code single} if it is one statement that nothing can fail after. */
  abstract <T extends @Nullable Object> T write(boolean single, Writing<T> work);

  final Writes writes(Session session, Changes changes, boolean noting) {
    return new Writes(session, changes, noting, clock.instant());
  }

  @Override
  public final Task add(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return write(true, writes -> writes.add(task)).orThrow();
  }

  @Override
  public final Task save(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return write(true, writes -> writes.save(task)).orThrow();
  }

  @Override
  public final BatchResult addAll(Collection<Task> tasks) {
    return batch(tasks, Writes::add);
  }

  @Override
  public final BatchResult saveAll(Collection<Task> tasks) {
    return batch(tasks, Writes::save);
  }

  private interface One {
    Writes.Outcome write(Writes writes, Task task) throws SQLException;
  }

  private BatchResult batch(Collection<Task> tasks, One one) {
    Objects.requireNonNull(tasks, "tasks must not be null");
    List<Task> copy = new ArrayList<>(tasks);
    copy.forEach(task -> Objects.requireNonNull(task, "tasks must not hold null"));
    if (copy.isEmpty()) {
      return new BatchResult(List.of(), List.of());
    }
    List<Writes.Outcome> outcomes =
        write(
            false,
            writes -> {
              List<Writes.Outcome> each = new ArrayList<>(copy.size());
              for (Task task : copy) {
                each.add(one.write(writes, task));
              }
              return each;
            });
    List<Task> stored = new ArrayList<>(copy.size());
    List<BatchResult.Refusal> refused = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Task done = outcomes.get(i).stored();
      if (done != null) {
        stored.add(done);
      } else {
        refused.add(new BatchResult.Refusal(i, copy.get(i), outcomes.get(i).refusal()));
      }
    }
    return new BatchResult(stored, refused);
  }

  @Override
  public final Optional<Task> findById(String id) {
    Objects.requireNonNull(id, "id must not be null");
    if (!Checks.isText(id)) {
      return Optional.empty();
    }
    return Optional.ofNullable(this.<@Nullable Task>read(session -> Reads.byId(session, id)));
  }

  @Override
  public final List<Task> findByIds(Collection<String> ids) {
    Objects.requireNonNull(ids, "ids must not be null");
    Set<String> distinct = new LinkedHashSet<>(ids);
    distinct.forEach(id -> Objects.requireNonNull(id, "ids must not hold null"));
    if (distinct.size() > MAX_BATCH) {
      throw new InvalidValueException(
          distinct.size() + " ids are too many, ask for at most " + MAX_BATCH + " at a time");
    }
    distinct.removeIf(id -> !Checks.isText(id));
    return readSnapshot(session -> Reads.byIds(session, distinct));
  }

  @Override
  public final Page<Task> find(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return Reads.isSingle(query)
        ? read(session -> Reads.page(session, query))
        : readSnapshot(session -> Reads.page(session, query));
  }

  @Override
  public final NumberedPage<Task> findPage(TaskQuery query, int page) {
    Objects.requireNonNull(query, "query must not be null");
    Checks.page(page, query.cursor() != null);
    return readSnapshot(session -> Reads.numberedPage(session, query, page));
  }

  @Override
  public final long count(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return read(session -> Reads.count(session, query));
  }

  @Override
  public final <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(use, "use must not be null");
    TaskWalk.requireForward(query);
    return TaskWalk.run(
        query,
        place -> readSnapshot(session -> Reads.rows(session, query, place, query.limit())),
        use);
  }

  @Override
  public final <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(use, "use must not be null");
    Checks.positive("atMost", atMost);
    TaskWalk.requireForward(query);
    return this.<T>readSnapshot(
        atMost,
        session ->
            TaskWalk.runUntil(
                atMost,
                clock,
                query,
                place -> unchecked(() -> Reads.rows(session, query, place, query.limit())),
                use));
  }

  /** A query inside a callback that may not throw what the driver throws. */
  abstract <T> T unchecked(SqlSupplier<T> query);

  /** A query that throws what the driver throws. */
  @FunctionalInterface
  interface SqlSupplier<T> {
    T get() throws SQLException;
  }

  @Override
  public final List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    Objects.requireNonNull(filter, "filter must not be null");
    TaskQuery.forAgent(agent); // Refuses what is no agent.
    Checks.batch("n", n);
    Checks.leaseTime("lease", lease);
    return write(false, writes -> new Leases(writes).claim(agent, n, lease, filter));
  }

  private interface Fenced {
    Leases.Outcome change(Leases leases) throws SQLException;
  }

  private Task fenced(String id, long lease, Fenced change) {
    if (!Checks.isText(id)) {
      return new Leases.Outcome(id, lease, null, null).orThrow();
    }
    return write(false, writes -> change.change(new Leases(writes))).orThrow();
  }

  @Override
  public final Task renewLease(String id, long lease, Duration duration) {
    Objects.requireNonNull(id, "id must not be null");
    Checks.lease(lease);
    Checks.leaseTime("duration", duration);
    return fenced(id, lease, leases -> leases.renew(id, lease, duration));
  }

  @Override
  public final Task complete(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    Checks.lease(lease);
    return fenced(id, lease, leases -> leases.complete(id, lease));
  }

  @Override
  public final Task release(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    Checks.lease(lease);
    return fenced(id, lease, leases -> leases.release(id, lease));
  }

  @Override
  public final boolean delete(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return Checks.isText(id) && write(false, writes -> writes.delete(id));
  }

  @Override
  public final long prune(Instant completedBefore, int batch) {
    Objects.requireNonNull(completedBefore, "completedBefore must not be null");
    Checks.batch("batch", batch);
    long gone = 0;
    int last;
    do {
      last = write(false, writes -> writes.prune(completedBefore, batch));
      gone += last;
    } while (last == batch);
    return gone;
  }

  @Override
  public final TaskStats stats() {
    return read(Reads::stats);
  }
}
