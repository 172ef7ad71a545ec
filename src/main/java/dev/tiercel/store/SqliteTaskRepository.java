package dev.tiercel.store;

import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqlFunction;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteDatabaseBuilder;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.Written;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskChange;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TaskRepository} in a {@link SqliteDatabase}: every listing walks an index, concurrent
 * writes share their commit, claims are atomic and fenced.
 *
 * <p>Several processes may use the same file; what one has committed, the others see with their
 * next read.
 */
public final class SqliteTaskRepository extends TaskOperations implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SqliteTaskRepository.class);

  private final SqliteDatabase database;
  private final List<TaskListener> listeners = new CopyOnWriteArrayList<>();

  private SqliteTaskRepository(SqliteDatabase database, InstantSource clock) {
    super(clock);
    this.database = database;
  }

  /**
   * Opens the repository in a database, which is brought to the newest schema first.
   *
   * @param database describes the database; its migrations and preparation are set here
   * @param migrateLegacy whether a database in the legacy shape is converted, after a backup beside
   *     it, instead of being refused
   * @param clock tells the time of writes, and which leases ran out
   * @return the open repository, to be closed by the caller
   * @throws TaskRepositoryException if it cannot be opened; nothing stays open, and unless the
   *     conversion had begun nothing was changed
   */
  public static SqliteTaskRepository open(
      SqliteDatabaseBuilder database, boolean migrateLegacy, InstantSource clock) {
    Objects.requireNonNull(clock, "clock must not be null");
    try {
      return new SqliteTaskRepository(
          database
              .migrations(TaskSchema.MIGRATIONS)
              .preparation(new TaskSchema(migrateLegacy))
              .open(),
          clock);
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  /**
   * Writes a consistent, compact copy of the database beside readers and writers. To restore it,
   * close the repository, put the copy in place of the database file, and delete the files of the
   * same name that end in {@code -wal} and {@code -shm}.
   *
   * @param target the file to make; must not exist
   * @throws TaskRepositoryException if the copy cannot be made, or this thread is interrupted; the
   *     target does not exist then, unless deleting it failed too
   */
  public void backup(Path target) {
    Objects.requireNonNull(target, "target must not be null");
    try {
      database.backup(target);
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  /**
   * The database below, for its figures.
   *
   * @return always the same object, closed with this one; what is written past the repository, no
   *     listener hears of
   */
  public SqliteDatabase database() {
    return database;
  }

  /**
   * Whether this thread is inside a transaction of this repository.
   *
   * @return true within {@link #inTransaction}
   */
  public boolean isInsideTransaction() {
    return database.isInsideTransaction();
  }

  @Override
  <T extends @Nullable Object> T read(SqlFunction<T> work) {
    try {
      return database.read(work);
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  @Override
  <T extends @Nullable Object> T readSnapshot(SqlFunction<T> work) {
    return read(session -> session.snapshot(work));
  }

  @Override
  <T extends @Nullable Object> T readSnapshot(Duration atMost, SqlFunction<T> work) {
    try {
      return database.readSnapshot(atMost, work);
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  @Override
  <T> T unchecked(SqlSupplier<T> query) {
    try {
      return query.get();
    } catch (SQLException e) {
      throw Failures.of(e);
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  @Override
  <T extends @Nullable Object> T write(boolean single, Writing<T> work) {
    try {
      // Asked when it is this write's turn: whoever listened before has to hear of it.
      Written<T> written =
          single
              ? database.writeSingle(
                  (session, changes) -> work.run(writes(session, changes, isNoting())))
              : database.write(
                  (session, changes) -> work.run(writes(session, changes, isNoting())));
      tell(written.changes());
      return written.value();
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    Objects.requireNonNull(work, "work must not be null");
    try {
      Written<T> written =
          database.<T>alone(
              (session, changes) -> {
                try (var bound = new TransactionTasks(this, session, changes, isNoting())) {
                  return work.apply(bound);
                }
              });
      tell(written.changes());
      return written.value();
    } catch (SqliteException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    Objects.requireNonNull(listener, "listener must not be null");
    // Each registration is its own: removing one must not remove another of the same listener.
    TaskListener registration = changes -> listener.changed(changes);
    listeners.add(registration);
    if (!database.isJournaled() && !isInsideTransaction()) {
      awaitWritesUnderWay(registration);
    }
    return () -> listeners.remove(registration);
  }

  /* Those that began before it did note nothing that it could be told. */
  private void awaitWritesUnderWay(TaskListener registration) {
    try {
      Written<Boolean> unused = database.alone((session, changes) -> true);
    } catch (SqliteException e) {
      listeners.remove(registration);
      throw Failures.of(e);
    }
  }

  private boolean isNoting() {
    return database.isJournaled() || !listeners.isEmpty();
  }

  private void tell(List<RowChange> rows) {
    if (rows.isEmpty() || listeners.isEmpty()) {
      return;
    }
    List<TaskChange> changes =
        rows.stream().map(row -> new TaskChange((Task) row.before(), (Task) row.after())).toList();
    for (TaskListener listener : listeners) {
      try {
        listener.changed(changes);
      } catch (Throwable e) {
        log.warn("A task listener failed; the write it heard of is committed", e);
      }
    }
  }

  /**
   * Closes the repository and its database in order; see {@link SqliteDatabase#close}. Closing
   * again does nothing.
   *
   * @throws IllegalStateException if called inside {@link #inTransaction}
   */
  @Override
  public void close() {
    database.close();
  }
}
