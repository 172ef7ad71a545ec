package dev.tiercel.cache;

import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import dev.tiercel.sqlite.WriteJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A ledger whose log is a table of the task database, written by the commits themselves: what a
 * commit voids is durable with its data or not at all, and a cache on disk is still right after a
 * restart, a crash or the restoring of a backup.
 *
 * <p>It belongs to one database, from when that is opened until it is closed, and owns the caches
 * of that database alone: a second ledger, in whatever process, is refused. Commits that do not
 * pass it, by another process or another connection, are found out within a second, if this
 * database is not busy; then whatever was cached is void, and a warning says so.
 *
 * <p>Thread-safe.
 */
public final class SqliteLedger extends Ledger {
  private static final Logger logger = LoggerFactory.getLogger(SqliteLedger.class);

  private static final long KEPT_ROWS = 100_000;
  private static final long LOOK_MILLIS = 1_000;

  private final CommitLog log;
  private final Supplier<ScheduledExecutorService> threads;
  private final WriteJournal journal = new Journal();

  private final Object life = new Object();
  // Guarded by: life, for writing
  private volatile @Nullable SqliteDatabase database;
  private volatile boolean closed;
  private @Nullable ScheduledExecutorService thread;
  private @Nullable Owner owner;

  private volatile boolean lookFailed;
  private volatile boolean sawAll;

  SqliteLedger(Function<RowChange, ? extends Collection<Tag>> tagsOf) {
    this(tagsOf, KEPT_ROWS, SqliteLedger::lookoutThread, new Alarm(logger::warn, System::nanoTime));
  }

  /**
   * With the seams of the tests.
   *
   * @param keptRows how many rows the log keeps
   * @param threads makes what looks out once a second
   */
  SqliteLedger(
      Function<RowChange, ? extends Collection<Tag>> tagsOf,
      long keptRows,
      Supplier<ScheduledExecutorService> threads,
      Alarm alarm) {
    this.threads = threads;
    log = new CommitLog(tagsOf, versions, alarm, keptRows);
  }

  private static ScheduledExecutorService lookoutThread() {
    return Executors.newSingleThreadScheduledExecutor(
        work -> {
          Thread made = new Thread(work, "tiercel-ledger");
          made.setDaemon(true);
          return made;
        });
  }

  /**
   * What joins every commit of the database.
   *
   * @return the journal, for {@code SqliteDatabase.builder(file).journal(…)}; always the same
   */
  public WriteJournal journal() {
    return journal;
  }

  /**
   * Makes sure that the commits of a database are noted here.
   *
   * @throws IllegalStateException if no database was opened with the {@link #journal}, or if the
   *     ledger is closed
   */
  public void requireOpen() {
    if (closed || database == null) {
      throw notOpen(null);
    }
  }

  @Override
  long session() {
    return log.session();
  }

  @Override
  boolean isDurable() {
    return true;
  }

  @Override
  boolean isKnown(long session, long stamp) {
    return log.isKnown(session, stamp);
  }

  /**
   * Commits what is to be void, together with the data that is written at the time.
   *
   * @throws IllegalStateException if the ledger is not open, or if this thread is inside a
   *     transaction of the database
   * @throws SqliteException if the commit fails; with an unknown outcome it is in force
   */
  @Override
  long raise(Raise raise) {
    if (closed) {
      throw notOpen(null);
    }
    return write(LogRequest.of(raise));
  }

  @Override
  boolean isInsideTransaction() {
    SqliteDatabase open = database;
    return open != null && open.isInsideTransaction();
  }

  /**
   * Commits the end of a write.
   *
   * @throws RuntimeException as {@link #raise} does; the write stays pending until a later commit
   *     logs it too
   */
  @Override
  void commit(Raise marked, Raise raised) {
    boolean logged = false;
    try {
      raise(raised);
      logged = true;
    } finally {
      if (logged) {
        versions.unmark(marked);
      } else {
        log.owe(marked, raised);
      }
    }
  }

  /**
   * Looks for commits of others, and logs what is owed. A database that is busy is left alone until
   * the next time. Called once a second; throws nothing.
   *
   * @return whether it came to look
   */
  boolean look() {
    try {
      write(LogRequest.look());
      lookFailed = false;
      return true;
    } catch (Throwable e) {
      boolean isExpected = closed || (e instanceof SqliteException s && s.kind() == Kind.BUSY);
      if (!isExpected && !lookFailed) {
        lookFailed = true;
        logger.warn("Commits of other processes cannot be looked for; still trying", e);
      }
      return false;
    }
  }

  private long write(LogRequest request) {
    SqliteDatabase open = database;
    if (open == null) {
      throw notOpen(null);
    }
    try {
      open.write(
          (session, changes) -> {
            changes.add(LogTable.NAME, null, request);
            return true;
          });
      return request.at().get();
    } catch (SqliteException e) {
      throw e.kind() == Kind.CLOSED ? notOpen(e) : e;
    }
  }

  private IllegalStateException notOpen(@Nullable SqliteException e) {
    String why =
        closed || e != null
            ? "the ledger is closed, and so are the caches on it; open the database with a new one"
            : "the ledger is not open yet; give its journal() to a database and open that";
    return new IllegalStateException(why, e);
  }

  private void open(SqliteDatabase opening) {
    synchronized (life) {
      if (closed) {
        throw notOpen(null);
      }
      if (database != null) {
        throw new IllegalStateException(
            "this ledger belongs to %s already; make one for each database"
                .formatted(database.file()));
      }
      Owner taken = Owner.of(opening.file());
      ScheduledExecutorService looking = null;
      try {
        boolean isNew = LogTable.make(opening);
        if (!isNew && !taken.isUntouched()) {
          logger.info(
              "{} was written without its ledger, or that cannot be told; whatever was cached is void",
              opening.file());
        }
        log.begin(newSession(), !taken.isUntouched());
        database = opening;
        raise(Raise.NONE); // The first row: from now on the stamps of this session are known.
        taken.enter();
        looking = threads.get();
        lookOut(looking);
        thread = looking;
        owner = taken;
      } catch (Throwable e) {
        database = null;
        if (looking != null) {
          looking.shutdownNow();
        }
        giveBack(taken);
        throw e;
      }
    }
    logger.info("Opened the ledger of {} at {}", opening.file(), seq());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // A look reports its failure itself.
  private void lookOut(ScheduledExecutorService looking) {
    looking.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static long newSession() {
    SecureRandom random = new SecureRandom();
    long number = 0;
    while (number == 0) {
      number = random.nextLong();
    }
    return number;
  }

  /**
   * Closes the ledger: the caches on it serve nothing any more. The database goes on, and its
   * commits are logged until it is closed too; closing it closes the ledger as well. Closing again
   * does nothing.
   */
  @Override
  public void close() {
    synchronized (life) {
      if (closed) {
        return;
      }
      closed = true;
      versions.mark(Raise.EVERYTHING); // For good.
      if (thread != null) {
        thread.shutdown();
      }
    }
  }

  private void release() {
    synchronized (life) {
      Owner leaving = owner;
      owner = null;
      if (leaving != null) {
        try (leaving) {
          leaving.leave(sawAll);
        } catch (IOException e) {
          throw new UncheckedIOException("the lock " + leaving + " cannot be given back", e);
        }
      }
    }
  }

  private static void giveBack(Owner taken) {
    try {
      taken.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the lock " + taken + " cannot be given back", e);
    }
  }

  /** Passes on what the database says. */
  private final class Journal implements WriteJournal {
    @Override
    public void opened(SqliteDatabase opening) {
      open(opening);
    }

    @Override
    public void closing() {
      sawAll = look(); // The last chance to see what was committed since the last look.
      close();
    }

    @Override
    public void closed() {
      release();
    }

    @Override
    public void beforeCommit(Connection connection, List<RowChange> changes) throws SQLException {
      log.beforeCommit(connection, changes);
    }

    @Override
    public void committed() {
      log.committed();
    }

    @Override
    public void rolledBack() {
      log.rolledBack();
    }

    @Override
    public void unknown() {
      log.unknown();
    }
  }
}
