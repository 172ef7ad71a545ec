package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a group of pieces as one transaction on the writer's connection. A piece that fails is
 * undone alone. Used by one thread at a time, the leader of the {@link GroupCommit}.
 */
final class WriteTransaction {
  private static final Logger log = LoggerFactory.getLogger(WriteTransaction.class);

  private final ConnectionPool writer;
  private final WriteJournal journal;
  private final IntConsumer afterCommit;

  WriteTransaction(ConnectionPool writer, WriteJournal journal, IntConsumer afterCommit) {
    this.writer = writer;
    this.journal = journal;
    this.afterCommit = afterCommit;
  }

  /**
   * Runs the pieces and notes in each what became of it; throws nothing.
   *
   * @param group the pieces, not empty
   * @param more called when all have run, before the commit: adds those that came meanwhile to the
   *     group, and returns false if there are none
   */
  void run(List<Piece<?>> group, BooleanSupplier more) {
    try (Connection borrowed = writer.borrow()) {
      boolean trusted = false;
      try {
        trusted = run(group, more, ConnectionPool.session(borrowed));
      } finally {
        if (!trusted) {
          writer.evict(borrowed);
        }
      }
    } catch (Throwable e) {
      // Nothing was begun, or the connection could not be given back after all was settled.
      group.stream().filter(piece -> !piece.isSettled()).forEach(piece -> piece.failed(e));
    }
  }

  /** Returns whether the connection's state is known, so that it may be used again. */
  private boolean run(List<Piece<?>> group, BooleanSupplier more, Session session) {
    List<Piece<?>> left = group;
    BooleanSupplier joining = more;
    while (true) {
      Changes changes = new Changes();
      try {
        session.execute("BEGIN IMMEDIATE");
      } catch (Throwable e) {
        left.forEach(piece -> piece.failed(e));
        return rollback(session);
      }
      boolean whole = runPieces(left, joining, session, changes);
      List<Piece<?>> survivors = left.stream().filter(piece -> !piece.hasFailed()).toList();
      if (whole && !survivors.isEmpty()) {
        return commit(survivors, session, changes.rows());
      }
      boolean known = rollback(session);
      if (survivors.isEmpty()) {
        return known;
      }
      if (!known) {
        Throwable e = new SQLException("a failed write could not be rolled back");
        survivors.forEach(piece -> piece.failed(e));
        return false;
      }
      left = survivors;
      joining = () -> false;
    }
  }

  /** Returns false when the transaction is lost, so that the survivors must run again. */
  private static boolean runPieces(
      List<Piece<?>> pieces, BooleanSupplier more, Session session, Changes changes) {
    for (int i = 0; i < pieces.size() || more.getAsBoolean(); i++) {
      Piece<?> piece = pieces.get(i);
      // Nothing is to be kept before the first piece, and a single statement seldom fails.
      boolean guarded = i > 0 && !piece.isSingle();
      int mark = changes.mark();
      try {
        if (guarded) {
          session.execute("SAVEPOINT piece");
        }
        if (piece.isExclusive()) {
          runWatched(piece, session, changes);
        } else {
          piece.run(session, changes);
        }
        if (guarded) {
          session.execute("RELEASE piece");
        }
      } catch (Throwable e) {
        piece.failed(e);
        changes.backTo(mark);
        // SQLite undoes a statement that fails, but a piece may also fail right after it.
        if (!guarded || !undo(session)) {
          return false;
        }
      }
    }
    return true;
  }

  /* An error may have rolled back everything, whatever the savepoint. */
  private static boolean undo(Session session) {
    if (!session.isInTransaction()) {
      return false;
    }
    try {
      session.execute("ROLLBACK TO piece");
      session.execute("RELEASE piece");
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /* User code may swallow an error that ended the transaction and go on. */
  private static void runWatched(Piece<?> piece, Session session, Changes changes)
      throws SQLException {
    session.watch();
    SQLException endedBy;
    try {
      piece.run(session, changes);
    } finally {
      endedBy = session.unwatch();
    }
    if (endedBy != null) {
      throw endedBy;
    }
  }

  private boolean commit(List<Piece<?>> pieces, Session session, List<RowChange> rows) {
    List<RowChange> changes = List.copyOf(rows);
    boolean journaled = !changes.isEmpty();
    if (journaled) {
      try {
        journal.beforeCommit(session.connection(), changes);
      } catch (Throwable e) {
        boolean known = rollback(session);
        tell("rolledBack", journal::rolledBack);
        pieces.forEach(piece -> piece.failed(e));
        return known;
      }
    }
    try {
      session.execute("COMMIT");
    } catch (Throwable e) {
      int code = SqliteException.primaryCode(e);
      if (code == SqliteException.FULL || code == SqliteException.CONSTRAINT) {
        boolean known = rollback(session);
        if (journaled) {
          tell("rolledBack", journal::rolledBack);
        }
        return notCommitted(pieces, session, known, e, code == SqliteException.CONSTRAINT);
      }
      SqliteException unknown =
          new SqliteException(
              Kind.UNKNOWN_OUTCOME,
              "the commit failed, so the write may be stored or not; read before trying again, "
                  + SqliteException.CHECK_DISK
                  + e.getMessage(),
              e);
      // Noted before anything else can go wrong: nobody may be told "failed" instead.
      pieces.forEach(piece -> piece.failed(unknown));
      if (journaled) {
        tell("unknown", journal::unknown);
      }
      log.warn("A commit failed; its {} writes have an unknown outcome", pieces.size(), e);
      return false;
    }
    pieces.forEach(Piece::succeeded); // Noted first; the owners are answered by the leader.
    if (journaled) {
      tell("committed", journal::committed);
    }
    afterCommit.accept(pieces.size());
    return true;
  }

  /* Of two failures it is known that nothing was written. A full disk cuts the log off before the
   * frame that would make it a commit, which SQLite writes last, so no recovery finds one. A
   * constraint that is checked at the end only leaves the transaction open; one piece broke it, so
   * each runs again by itself. */
  private boolean notCommitted(
      List<Piece<?>> pieces, Session session, boolean known, Throwable e, boolean oneIsGuilty) {
    if (!oneIsGuilty || pieces.size() == 1) {
      pieces.forEach(piece -> piece.failed(e));
      return known;
    }
    boolean usable = known;
    Throwable lock = null;
    for (Piece<?> piece : pieces) {
      if (lock != null) {
        piece.failed(lock); // Another process has it; each would wait as long again.
      } else if (usable) {
        usable = run(List.of(piece), () -> false, session);
        lock = isBusy(piece.failure()) ? piece.failure() : null;
      } else {
        piece.failed(new SQLException("nothing was written: the connection was lost before", e));
      }
    }
    return usable;
  }

  private static boolean isBusy(@Nullable Throwable e) {
    return e instanceof SQLException sql && SqliteException.isBusy(sql);
  }

  private static boolean rollback(Session session) {
    try {
      session.execute("ROLLBACK");
      return true;
    } catch (SQLException e) {
      return !session.isInTransaction(); // The error had rolled back already.
    }
  }

  /** Tells a journal something that its failure cannot change any more. */
  static void tell(String what, Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      log.error("A write journal failed in {}()", what, e);
    }
  }
}
