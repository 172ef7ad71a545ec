package dev.tiercel.tier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The connection that writes, with its statements held. Used under the tier's lock; after an
 * exception it is closed and another one opened, which finds what was committed.
 */
final class SqliteWriter implements AutoCloseable {
  /* Half of what a batch of deletes may take; the rest is for the commit. */
  private static final long DELETE_NANOS = TimeUnit.MICROSECONDS.toNanos(2_000);

  private static final int CANDIDATES = 256;

  private final Connection connection;
  private final SqliteRoom room;
  private final SqliteSnapshots snapshots;
  private final SqliteLog log;
  private final SqliteChecksum checksum = new SqliteChecksum();
  private final PreparedStatement begin;
  private final PreparedStatement commit;
  private final PreparedStatement insert;
  private final PreparedStatement replace;
  private final PreparedStatement find;
  private final PreparedStatement remove;
  private final PreparedStatement delete;
  private final PreparedStatement count;
  private final PreparedStatement pages;
  private final PreparedStatement freePages;
  private final PreparedStatement walk;
  private final PreparedStatement expired;

  // Mutable state; what is in the table once the transaction is committed.
  private long entries;
  private long born;

  SqliteWriter(Connection connection, SqliteFile file, SqliteRoom room, SqliteReaders readers)
      throws SQLException {
    this.connection = connection;
    this.room = room;
    snapshots = readers.snapshots();
    log = new SqliteLog(connection, file, room, readers);
    begin = connection.prepareStatement("BEGIN IMMEDIATE");
    commit = connection.prepareStatement("COMMIT");
    insert =
        connection.prepareStatement(
            "INSERT OR IGNORE INTO entry(hash, ord, expires, born, checksum, key, bytes)"
                + " VALUES(?, ?, ?, ?, ?, ?, ?)");
    // Of two keys with one hash the later stays, whatever their order.
    replace =
        connection.prepareStatement(
            "UPDATE entry SET ord = ?2, expires = ?3, born = ?4, checksum = ?5, key = ?6, bytes = ?7"
                + " WHERE hash = ?1 AND (ord <= ?2 OR key <> ?6)");
    find = connection.prepareStatement("SELECT born FROM entry WHERE hash = ?");
    remove =
        connection.prepareStatement("DELETE FROM entry WHERE hash = ? AND ord <= ? AND key = ?");
    delete = connection.prepareStatement("DELETE FROM entry WHERE hash = ? AND born = ?");
    count = connection.prepareStatement("UPDATE tier SET entries = ?, born = ?");
    pages = connection.prepareStatement("PRAGMA page_count");
    freePages = connection.prepareStatement("PRAGMA freelist_count");
    walk =
        connection.prepareStatement(
            "SELECT hash, born, expires FROM entry WHERE hash >= ? ORDER BY hash LIMIT ?");
    expired =
        connection.prepareStatement(
            "SELECT hash, born, expires FROM entry"
                + " WHERE expires < 9223372036854775807 AND expires <= ? ORDER BY expires LIMIT ?");
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT entries, born FROM tier")) {
      if (row.next()) {
        entries = Math.max(0, row.getLong(1));
        born = row.getLong(2);
      }
    }
  }

  long entries() {
    return entries;
  }

  /** How many rows were written, ever. */
  long born() {
    return born;
  }

  /**
   * Writes rows in one transaction, as many as fit in it.
   *
   * @param from the first of them
   * @return the index behind the last that was written
   */
  int put(List<SqliteRow> rows, int from, SqliteHand hand) throws SQLException {
    long frames = 0;
    long bytes = 0;
    int to = from;
    List<SqliteRow> some = new ArrayList<>();
    while (to < rows.size()) {
      SqliteRow row = rows.get(to);
      long more = room.framesOf(row);
      if (to > from && frames + more > room.transactionFrames()) {
        break;
      }
      frames += more;
      bytes += room.bytesOf(row);
      some.add(row);
      to++;
    }
    hand.makeRoom(this, room, bytes / SqliteRoom.PAGE_BYTES + 1);
    // Those on one page follow each other; those with one key stay in their order.
    some.sort(Comparator.comparingLong(SqliteRow::hash));
    log.require(frames);
    begin.execute();
    for (SqliteRow row : some) {
      put(row);
    }
    commit();
    return to;
  }

  private void put(SqliteRow row) throws SQLException {
    TierRecord record = row.record();
    if (!room.isFitting(row)) {
      remove(row);
      return;
    }
    born++;
    int sum =
        checksum.of(row.hash(), record.order(), record.expiresAt(), row.key(), record.bytes());
    int inserted = write(insert, row, sum);
    if (inserted + (inserted == 0 ? write(replace, row, sum) : 0) > 0) {
      requireFound(row.hash());
    }
    entries += inserted;
  }

  /* A power loss may leave pages that are sound each and out of order among each other. SQLite does
   * not notice: it writes a row to where no look-up goes. */
  private void requireFound(long hash) throws SQLException {
    find.setLong(1, hash);
    try (ResultSet row = find.executeQuery()) {
      if (!row.next() || row.getLong(1) != born) {
        throw SqliteFault.damage("a row was written and is not found");
      }
    }
  }

  /** Removes what rows would replace, in one transaction. */
  void remove(List<SqliteRow> rows) throws SQLException {
    log.require(room.transactionFrames());
    begin.execute();
    for (SqliteRow row : rows) {
      remove(row);
    }
    commit();
  }

  private void remove(SqliteRow row) throws SQLException {
    remove.setLong(1, row.hash());
    remove.setLong(2, row.record().order());
    remove.setBytes(3, row.key());
    entries -= remove.executeUpdate();
  }

  private int write(PreparedStatement statement, SqliteRow row, int sum) throws SQLException {
    statement.setLong(1, row.hash());
    statement.setLong(2, row.record().order());
    statement.setLong(3, row.record().expiresAt());
    statement.setLong(4, born);
    statement.setInt(5, sum);
    statement.setBytes(6, row.key());
    statement.setBytes(7, row.record().bytes());
    return statement.executeUpdate();
  }

  private void commit() throws SQLException {
    count.setLong(1, entries);
    count.setLong(2, born);
    count.executeUpdate();
    snapshots.renewed(commit::execute);
  }

  /** Rows from a hash on; none behind the last. */
  List<SqliteCandidate> walk(long from) throws SQLException {
    return candidates(walk, from);
  }

  /** Rows that are of no more use. */
  List<SqliteCandidate> expired(long now) throws SQLException {
    return candidates(expired, now);
  }

  private List<SqliteCandidate> candidates(PreparedStatement query, long bound)
      throws SQLException {
    query.setLong(1, bound);
    query.setInt(2, CANDIDATES);
    try (ResultSet row = query.executeQuery()) {
      List<SqliteCandidate> found = new ArrayList<>();
      while (row.next()) {
        found.add(new SqliteCandidate(row.getLong(1), row.getLong(2), row.getLong(3)));
      }
      return found;
    }
  }

  /**
   * What a batch of deletes did.
   *
   * @param done how many rows were looked at
   * @param gone how many of them were still there
   */
  record Deleted(int done, int gone) {}

  /** Deletes rows, from the first on, for as long as one transaction may take. */
  Deleted delete(List<SqliteCandidate> rows) throws SQLException {
    long began = System.nanoTime();
    int most = Math.min(rows.size(), room.deletedRows());
    log.require(room.transactionFrames());
    begin.execute();
    int done = 0;
    int gone = 0;
    do {
      SqliteCandidate row = rows.get(done);
      delete.setLong(1, row.hash());
      delete.setLong(2, row.born());
      gone += delete.executeUpdate();
      done++;
    } while (done < most && System.nanoTime() - began < DELETE_NANOS);
    entries -= gone;
    commit();
    return new Deleted(done, gone);
  }

  /** How many pages hold something. */
  long usedPages() throws SQLException {
    return number(pages) - number(freePages);
  }

  /** Gives some free pages back; false if there is nothing to be gained any more. */
  boolean shrink() throws SQLException {
    if (number(freePages) == 0) {
      log.empty(); // The file gets shorter when the log is copied into it.
      return false;
    }
    log.require(room.transactionFrames());
    try (Statement statement = connection.createStatement()) {
      // Not a query: that would end after the first page.
      statement.executeUpdate("PRAGMA incremental_vacuum(" + room.deletedRows() + ")");
    }
    return true;
  }

  private static long number(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  /** What was begun and not committed is undone. */
  @Override
  public void close() {
    SqliteFile.closeQuietly(connection);
  }
}
