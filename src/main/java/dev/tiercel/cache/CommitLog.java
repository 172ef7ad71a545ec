package dev.tiercel.cache;

import dev.tiercel.cache.Lookout.Finding;
import dev.tiercel.sqlite.RowChange;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Appends a row to the log inside each commit, and makes it known in memory once that has happened.
 * Used under the write lock of the database, one commit at a time.
 */
final class CommitLog {
  /* Once in so many rows the old ones are deleted. */
  private static final long TRIM_EVERY = 256;

  /*
   * The numbers. A row gets the number behind the newest that is known here, which is the newest in
   * the log as well: only the owner of the database appends, and where that is in doubt (a look-out
   * that found something, an outcome that is unknown) the log is read first. A number is used again
   * only if its transaction was rolled back, so that nobody ever saw it.
   *
   * The memory follows the log and never leads it: a stamp must not reach a number before what that
   * number voids is in force.
   */
  private final Function<RowChange, ? extends Collection<Tag>> tagsOf;
  private final Versions versions;
  private final Alarm alarm;
  private final long keptRows;
  private final LogTable table = new LogTable();
  private final Lookout lookout = new Lookout();
  private final Sessions sessions = new Sessions();
  private final Debts debts = new Debts();
  private volatile long session;
  private volatile boolean unattended;

  // Mutable state of the commit under way.
  private @Nullable UnderWay underWay;
  /* One that happened, or may have, and could not be made known: its tags are still marked. */
  private @Nullable UnderWay untold;
  private boolean inDoubt;

  /**
   * A commit whose row is written and whose tags are marked.
   *
   * @param seq the number of the row
   * @param row what it says
   * @param paid the debts that it logs
   * @param found what the look-out found
   * @param connection where
   * @param version the data version there
   */
  private record UnderWay(
      long seq, LogRow row, List<Raise> paid, Finding found, Connection connection, long version) {}

  CommitLog(
      Function<RowChange, ? extends Collection<Tag>> tagsOf,
      Versions versions,
      Alarm alarm,
      long keptRows) {
    this.tagsOf = tagsOf;
    this.versions = versions;
    this.alarm = alarm;
    this.keptRows = keptRows;
  }

  /**
   * Begins a session; its first row must be logged next.
   *
   * @param hadGap whether commits may have happened since the last session of which nothing is
   *     known
   */
  void begin(long number, boolean hadGap) {
    session = number;
    unattended = hadGap;
  }

  long session() {
    return session;
  }

  /** Whether a stamp of a session belongs to a commit that is in the log. */
  boolean isKnown(long ofSession, long stamp) {
    return sessions.isKnown(ofSession, stamp);
  }

  /** Has what could not be logged logged by the next commit that can. */
  void owe(Raise marked, Raise raised) {
    versions.mark(raised); // It may be more than what was announced.
    debts.add(raised);
    versions.unmark(marked);
  }

  void beforeCommit(Connection connection, List<RowChange> changes) throws SQLException {
    if (underWay != null) {
      unknown(); // Its outcome was never told.
    }
    if (untold != null) {
      lookout.forget();
      makeKnown(untold);
    }
    table.use(connection);
    long version = table.dataVersion();
    Finding found = lookout.compare(connection, version);
    if (found != Finding.NOTHING) {
      readBehind(versions.seq());
    }
    List<Raise> paid = debts.open();
    if (found == Finding.NOTHING && paid.isEmpty() && isOnlyLook(changes)) {
      return;
    }
    long seq = versions.seq() + 1;
    LogRow row = new LogRow(raisedBy(changes, paid), floor(seq, found));
    table.append(seq, session, row.encode(seq, session));
    if (isTrimming(seq)) {
      table.trim(seq - keptRows);
    }
    for (RowChange change : changes) {
      if (change.after() instanceof LogRequest request) {
        request.at().set(seq);
      }
    }
    UnderWay next = new UnderWay(seq, row, paid, found, connection, version);
    versions.mark(row.raise());
    underWay = next;
  }

  private static boolean isOnlyLook(List<RowChange> changes) {
    return changes.stream()
        .allMatch(change -> change.after() instanceof LogRequest request && !request.isRow());
  }

  private Raise raisedBy(List<RowChange> changes, List<Raise> paid) {
    List<Tag> tags = new ArrayList<>();
    boolean isData = false;
    Raise raise = Raise.NONE;
    for (RowChange change : changes) {
      if (change.after() instanceof LogRequest request) {
        raise = raise.and(request.raise());
      } else {
        isData = true;
        tags.addAll(
            Objects.requireNonNull(
                tagsOf.apply(change), () -> "tagsOf returned null for " + change));
      }
    }
    for (Raise debt : paid) {
      raise = raise.and(debt);
    }
    return isData ? raise.and(Raise.tags(tags)) : raise;
  }

  /* A gap in what is known voids whatever is older than this commit. What is trimmed voids whatever
   * it could have voided; that is older than the last row of any session that is trimmed with it, so
   * none of those need be kept. */
  private long floor(long seq, Finding found) {
    if (found.isGap() || (found == Finding.FIRST && unattended)) {
      return seq;
    }
    return isTrimming(seq) ? seq - keptRows : 0;
  }

  private boolean isTrimming(long seq) {
    return seq % TRIM_EVERY == 0 && seq > keptRows;
  }

  /* They are committed, so what they say holds whatever becomes of this commit. */
  private void readBehind(long after) throws SQLException {
    table.read(
        after,
        (seq, of, blob) -> {
          LogRow row = LogRow.decode(seq, of, blob);
          if (row == null) {
            // It may have said anything, but nothing that concerns what is newer.
            alarm.unreadable(seq);
            row = new LogRow(Raise.EVERYTHING, 0);
          }
          sessions.note(of, seq);
          apply(row, seq);
        });
  }

  private void apply(LogRow row, long seq) {
    versions.raiseFloor(row.floor());
    versions.apply(row.raise(), seq);
  }

  void committed() {
    UnderWay done = underWay;
    if (done != null) {
      makeKnown(done);
      debts.paid(done.paid(), versions);
      lookout.settle(done.connection(), done.version());
      if (inDoubt) {
        inDoubt = false;
        versions.unmark(Raise.EVERYTHING);
      }
      if (done.found() == Finding.FOREIGN) {
        alarm.foreignCommit();
      }
    }
  }

  void rolledBack() {
    UnderWay undone = underWay;
    underWay = null;
    if (undone != null) {
      versions.unmark(undone.row().raise());
    }
  }

  /**
   * The debts stay, and the log is read before the next row gets a number. Until then nothing is
   * served or filled: a commit that is found in the file after a crash would be older than what was
   * loaded meanwhile.
   */
  void unknown() {
    if (!inDoubt) {
      versions.mark(Raise.EVERYTHING);
      inDoubt = true; // Only what was marked is unmarked.
    }
    UnderWay perhaps = underWay;
    if (perhaps != null) {
      makeKnown(perhaps);
    }
    lookout.forget();
  }

  /* What fails in here, for want of memory, is done again before the next commit; until then the
   * tags stay marked. */
  private void makeKnown(UnderWay commit) {
    untold = commit;
    underWay = null;
    sessions.note(session, commit.seq());
    apply(commit.row(), commit.seq());
    untold = null;
    versions.unmark(commit.row().raise());
  }
}
