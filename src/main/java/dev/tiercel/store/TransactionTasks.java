package dev.tiercel.store;

import dev.tiercel.sqlite.Changes;
import dev.tiercel.sqlite.Session;
import dev.tiercel.sqlite.SqlFunction;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskRepository;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The repository inside a transaction: bound to its session, its thread and its call. */
final class TransactionTasks extends TaskOperations implements AutoCloseable {
  private final SqliteTaskRepository outer;
  private final Session session;
  private final Changes changes;
  private final boolean noting;
  private final Thread owner = Thread.currentThread();
  private volatile boolean ended;

  TransactionTasks(SqliteTaskRepository outer, Session session, Changes changes, boolean noting) {
    super(outer.clock);
    this.outer = outer;
    this.session = session;
    this.changes = changes;
    this.noting = noting;
  }

  @Override
  <T extends @Nullable Object> T read(SqlFunction<T> work) {
    requireInside();
    try {
      return work.apply(session);
    } catch (SQLException e) {
      throw Failures.of(e);
    }
  }

  @Override
  <T extends @Nullable Object> T readSnapshot(SqlFunction<T> work) {
    return read(work);
  }

  /* The writer's transaction is open for as long as its user wants, snapshot or not. */
  @Override
  <T extends @Nullable Object> T readSnapshot(Duration atMost, SqlFunction<T> work) {
    return read(work);
  }

  @Override
  <T> T unchecked(SqlSupplier<T> query) {
    return read(bound -> query.get());
  }

  @Override
  <T extends @Nullable Object> T write(boolean single, Writing<T> work) {
    SqlFunction<T> bound = own -> work.run(writes(own, changes, noting));
    return read(single ? bound : own -> own.savepoint(changes, bound));
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    Objects.requireNonNull(work, "work must not be null");
    return this.<T>read(own -> own.<T>savepoint(changes, nested -> work.apply(this)));
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    return outer.addListener(listener);
  }

  private void requireInside() {
    if (ended || Thread.currentThread() != owner) {
      throw new IllegalStateException(
          ended
              ? "the transaction has ended; use the repository it was opened from"
              : "a transaction belongs to the thread that opened it, " + owner.getName());
    }
  }

  @Override
  public void close() {
    ended = true;
  }
}
