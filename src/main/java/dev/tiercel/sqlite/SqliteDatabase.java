package dev.tiercel.sqlite;

import dev.tiercel.resource.ResourceManager;
import dev.tiercel.resource.ResourceStats;
import dev.tiercel.sqlite.SessionSource.Role;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A SQLite file with a pool of readers, one writer whose commits are shared by concurrent callers,
 * and a schema that is brought up to date at open.
 *
 * <p>Safe for use by any number of threads, and beside other processes that use the same file.
 * Every method throws {@link SqliteException}, whose kind says what a caller can do.
 */
public final class SqliteDatabase implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SqliteDatabase.class);

  private static final long OPEN_RETRY_NANOS = 5_000_000;

  private final SqliteOptions options;
  private final ResourceManager resources;
  private final SnapshotLimits limits;
  private final ConnectionPool writer;
  private final ConnectionPool readers;
  private final Checkpointer checkpointer;
  private final GroupCommit writes;
  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean closed;

  /**
   * Starts the description of a database.
   *
   * @param file the database file; created if it does not exist, its folder must
   * @return a builder with the defaults set
   */
  public static SqliteDatabaseBuilder builder(Path file) {
    return new SqliteDatabaseBuilder(file);
  }

  static SqliteDatabase open(SqliteOptions options) {
    DatabaseFile.check(options.file());
    ResourceManager resources = ResourceManager.named("SQLite database " + options.file());
    try {
      SqliteDatabase database = new SqliteDatabase(options, resources);
      database.openJournal();
      return database;
    } catch (Throwable e) {
      try {
        resources.close();
      } catch (Throwable more) {
        e.addSuppressed(more);
      }
      throw SqliteException.ofOpening(options.file(), e);
    }
  }

  private SqliteDatabase(SqliteOptions options, ResourceManager resources) throws SQLException {
    this.options = options;
    this.resources = resources;
    SessionConnection maintenance = new SessionSource(options, Role.MAINTENANCE).getConnection();
    resources.register(maintenance);
    prepare(maintenance, options);
    writer =
        resources.register(
            new ConnectionPool(
                options.name() + "-write",
                1,
                new SessionSource(options, Role.WRITER),
                options.busyTimeout()));
    checkpointer = resources.register(new Checkpointer(maintenance, options.walBytes()));
    writes =
        new GroupCommit(
            new WriteTransaction(writer, options.journal(), checkpointer::written),
            options.busyTimeout());
    limits = resources.register(new SnapshotLimits());
    readers =
        resources.register(
            new ConnectionPool(
                options.name() + "-read",
                options.readers(),
                new SessionSource(options, Role.READER),
                options.busyTimeout()));
    log.info(
        "Opened {} with {} readers, durability {}",
        options.file(),
        options.readers(),
        options.durability());
  }

  private void openJournal() {
    try {
      options.journal().opened(this);
    } catch (Throwable e) {
      refuseCalls();
      throw e;
    }
  }

  private void refuseCalls() {
    writes.close();
    closed = true;
  }

  /* Two openers that both change the journal mode get SQLITE_BUSY at once, without SQLite's waiting,
   * because neither could go on. */
  private static void prepare(Connection connection, SqliteOptions options) throws SQLException {
    long deadline = System.nanoTime() + options.busyTimeout().toNanos();
    while (true) {
      try {
        prepareOnce(connection, options);
        return;
      } catch (SQLException e) {
        if (!SqliteException.isBusy(e) || System.nanoTime() - deadline > 0) {
          throw e;
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(OPEN_RETRY_NANOS));
      }
    }
  }

  private static void prepareOnce(Connection connection, SqliteOptions options)
      throws SQLException {
    Schema.check(connection, options);
    try (Statement statement = connection.createStatement()) {
      // A file that cannot be written opens all the same, and even begins a transaction; it must be
      // refused here, not at the first write.
      statement.execute("BEGIN IMMEDIATE");
      try {
        statement.execute("PRAGMA user_version=" + Schema.version(connection));
      } finally {
        statement.execute("ROLLBACK");
      }
      DatabaseFile.checkLength(connection, options.file());
      options.preparation().prepare(connection, options.file());
      Schema.requireMigrated(connection, options);
      try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode=WAL")) {
        if (!mode.next() || !"wal".equalsIgnoreCase(mode.getString(1))) {
          throw new SqliteException(
              Kind.UNSUPPORTED,
              options.file()
                  + " cannot have a write-ahead log (journal mode "
                  + mode.getString(1)
                  + "); put it on a local disk, not on a network file system",
              null);
        }
      }
    }
    Schema.migrate(connection, options);
  }

  /**
   * Reads.
   *
   * @param work one query, or several inside {@link Session#snapshot}
   * @param <T> the type of the result
   * @return what the work returned
   */
  public <T extends @Nullable Object> T read(SqlFunction<T> work) {
    requireOpen();
    try {
      return readers.use(work);
    } catch (SQLException e) {
      throw closed ? closedBecause(e) : SqliteException.of("the read failed", e);
    }
  }

  /**
   * Reads as of one moment, for a limited time: as long as it goes on, the write-ahead log cannot
   * be emptied. At the limit the snapshot is ended even if its reader stands still, and what it
   * reads next throws {@link SqliteException} of kind {@link Kind#BUSY}. Only a reader that stands
   * still in the middle of a statement's rows is out of reach.
   *
   * @param atMost how long the snapshot may be open; positive
   * @param work the queries
   * @param <T> the type of the result
   * @return what the work returned
   */
  public <T extends @Nullable Object> T readSnapshot(Duration atMost, SqlFunction<T> work) {
    return this.<T>read(session -> limits.run(session, atMost, work));
  }

  /**
   * Writes, in one transaction with whatever other threads write at the time. Returns when the
   * commit is durable.
   *
   * @param work the data operation; runs on any thread, perhaps more than once
   * @param <T> the type of the result
   * @return what the work returned and changed
   * @throws IllegalStateException if this thread is inside {@link #alone}
   */
  public <T extends @Nullable Object> Written<T> write(WriteWork<T> work) {
    return submit(new Piece<>(work, false, false));
  }

  /**
   * Writes like {@link #write}, for work that is a single statement and seldom fails: it has no
   * savepoint, so when it fails all the same, the others of its group run again without it.
   *
   * @param work the data operation; runs on any thread, perhaps more than once
   * @param <T> the type of the result
   * @return what the work returned and changed
   * @throws IllegalStateException if this thread is inside {@link #alone}
   */
  public <T extends @Nullable Object> Written<T> writeSingle(WriteWork<T> work) {
    return submit(new Piece<>(work, true, false));
  }

  /**
   * Runs user code in a transaction of its own, once, on this thread, while other writers wait.
   *
   * @param work the code
   * @param <T> the type of the result
   * @return what the work returned and changed
   * @throws IllegalStateException if this thread is inside {@code alone} already
   */
  public <T extends @Nullable Object> Written<T> alone(WriteWork<T> work) {
    return submit(new Piece<>(work, false, true));
  }

  private <T extends @Nullable Object> Written<T> submit(Piece<T> piece) {
    requireOpen();
    return writes.run(piece);
  }

  /**
   * Whether this thread is inside a transaction of this database.
   *
   * @return true within {@link #alone}
   */
  public boolean isInsideTransaction() {
    return writes.isInside();
  }

  /**
   * Whether a {@link WriteJournal} wants to know the changed rows.
   *
   * @return false if noting them would be work for nobody
   */
  public boolean isJournaled() {
    return options.journal() != WriteJournal.NONE;
  }

  /**
   * Where the database is.
   *
   * @return the file, as it was given to the builder
   */
  public Path file() {
    return options.file();
  }

  /**
   * What its pools are called after.
   *
   * @return what {@link SqliteDatabaseBuilder#name} was set to
   */
  public String name() {
    return options.name();
  }

  /**
   * How its connections are used.
   *
   * @return one for those that read, one for the one that writes
   */
  public List<ConnectionUse> connections() {
    return List.of(readers.connections(), writer.connections());
  }

  /**
   * Whether tables that are missing are made here, and not by people who run the scripts.
   *
   * @return what {@link SqliteDatabaseBuilder#autoMigrate} was set to
   */
  public boolean isAutoMigrating() {
    return options.autoMigrate();
  }

  /**
   * Writes a consistent, compact copy of the database beside the readers and writers.
   *
   * @param target the file to make; must not exist
   * @throws SqliteException as {@link #copy} does, or if the database is closed
   */
  public void backup(Path target) {
    requireOpen();
    try {
      copy(options.file(), target);
    } finally {
      checkpointer.longReadEnded();
    }
  }

  /**
   * Writes a consistent, compact copy of a database file, open or not.
   *
   * @param file the database
   * @param target the file to make; must not exist
   * @throws SqliteException if the copy cannot be made, or this thread is interrupted; the target
   *     does not exist then, unless deleting it failed too, which the cause then says
   */
  public static void copy(Path file, Path target) {
    DatabaseFile.copy(file, target);
  }

  /**
   * Closes the database in order: the group under way is committed, writes queued behind it are
   * refused, reads under way are awaited for the busy timeout, the log is emptied. Closing again
   * does nothing.
   *
   * @throws IllegalStateException if this thread is inside {@link #alone}
   */
  @Override
  public void close() {
    writes.refuseInside();
    boolean first = closing.compareAndSet(false, true);
    if (first) {
      WriteTransaction.tell("closing", options.journal()::closing);
    }
    refuseCalls();
    try {
      resources.close();
    } finally {
      if (first) {
        WriteTransaction.tell("closed", options.journal()::closed);
      }
    }
  }

  /**
   * Has HikariCP put its own meters of both pools into a registry; until somebody asks, it measures
   * nothing. A registry that fails later costs its figures and nothing else.
   *
   * @param meterRegistry a {@code MeterRegistry} of Micrometer's; this room does not know the type
   * @return removes the meters from that registry when run; closing the database does so too
   * @throws IllegalArgumentException if it is no such registry
   */
  public Runnable meterPools(Object meterRegistry) {
    requireOpen();
    Runnable ofReaders = readers.meter(meterRegistry);
    boolean done = false;
    try {
      Runnable ofWriter = writer.meter(meterRegistry);
      done = true;
      return () -> {
        try {
          ofReaders.run();
        } finally {
          ofWriter.run();
        }
      };
    } finally {
      if (!done) {
        ofReaders.run();
      }
    }
  }

  /**
   * Counts what belongs to the open database: pools, connections and helpers.
   *
   * @return a snapshot
   */
  public ResourceStats resourceStats() {
    return resources.stats();
  }

  /** How many connections are lent out; between two calls, none. */
  int borrowedConnections() {
    return writer.borrowed() + readers.borrowed();
  }

  private void requireOpen() {
    if (closed) {
      throw closedBecause(null);
    }
  }

  private SqliteException closedBecause(@Nullable SQLException e) {
    return new SqliteException(
        Kind.CLOSED, "the database " + options.file() + " is closed; open it again", e);
  }
}
