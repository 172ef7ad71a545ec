package dev.tiercel.tier;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection that reads, with its statements held. It is opened when it is needed, and given up
 * when something fails: the driver ends a statement that fails.
 */
final class SqliteReader {
  private static final String GET =
      "SELECT ord, expires, checksum, key, bytes FROM entry WHERE hash = ?";
  private static final String WALK =
      "SELECT ord, expires, checksum, key, bytes, hash, born FROM entry WHERE hash >= ?"
          + " ORDER BY hash";
  private static final int WALK_ROWS = 256;
  private static final long WALK_BYTES = 1L << 20;

  /** Who uses this has it. */
  final ReentrantLock lock = new ReentrantLock();

  private final SqliteFile file;
  private final SqliteSnapshots snapshots;
  private final Damage damaged;
  private final SqliteChecksum checksum = new SqliteChecksum();

  // Guarded by: lock
  private @Nullable Connection connection;
  private @Nullable PreparedStatement get;
  private @Nullable Snapshot snapshot;

  SqliteReader(SqliteFile file, SqliteSnapshots snapshots, Damage damaged) {
    this.file = file;
    this.snapshots = snapshots;
    this.damaged = damaged;
  }

  /**
   * A row that was walked over.
   *
   * @param record what it holds, or null if it is damaged
   */
  record Walked(SqliteCandidate at, @Nullable TierRecord record) {}

  @Nullable TierRecord get(EncodedKey key, String text) throws SQLException {
    boolean done = false;
    try {
      TierRecord record = read(key, text);
      done = true;
      return record;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private @Nullable TierRecord read(EncodedKey key, String text) throws SQLException {
    Connection open = connection();
    PreparedStatement statement = get;
    if (statement == null) {
      statement = open.prepareStatement(GET);
      get = statement;
    }
    statement.setLong(1, key.hash());
    try (ResultSet row = statement.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      long order = row.getLong(1);
      long expires = row.getLong(2);
      byte[] storedKey = row.getBytes(4);
      byte[] bytes = row.getBytes(5);
      if (!isSound(row.getInt(3), key.hash(), order, expires, storedKey, bytes)) {
        return null;
      }
      return key.isSame(storedKey) ? new TierRecord(text, order, expires, bytes) : null;
    }
  }

  /* What the schema forbids may still be found in a damaged file. */
  private boolean isSound(
      int sum,
      long hash,
      long order,
      long expires,
      byte @Nullable [] key,
      byte @Nullable [] bytes) {
    if (key != null && bytes != null && sum == checksum.of(hash, order, expires, key, bytes)) {
      return true;
    }
    damaged.found(1);
    return false;
  }

  /** Rows from a hash on; not many, so that the log need not wait. None behind the last. */
  List<Walked> walk(long from) throws SQLException {
    boolean done = false;
    try (PreparedStatement statement = connection().prepareStatement(WALK)) {
      statement.setLong(1, from);
      List<Walked> walked = new ArrayList<>();
      long size = 0;
      try (ResultSet row = statement.executeQuery()) {
        while (walked.size() < WALK_ROWS && size < WALK_BYTES && row.next()) {
          Walked one = walked(row);
          walked.add(one);
          size += one.record() == null ? 0 : one.record().bytes().length;
        }
      }
      done = true;
      return walked;
    } finally {
      if (!done) {
        close();
      }
    }
  }

  private Walked walked(ResultSet row) throws SQLException {
    long hash = row.getLong(6);
    long order = row.getLong(1);
    long expires = row.getLong(2);
    byte[] key = row.getBytes(4);
    byte[] bytes = row.getBytes(5);
    SqliteCandidate at = new SqliteCandidate(hash, row.getLong(7), expires);
    return isSound(row.getInt(3), hash, order, expires, key, bytes)
        ? new Walked(at, new TierRecord(EncodedKey.of(key).text(), order, expires, bytes))
        : new Walked(at, null);
  }

  /** The connection, which sees what was committed so far. */
  private Connection connection() throws SQLException {
    Connection open = connection;
    Snapshot now = snapshot;
    if (open == null || now == null) {
      close();
      open = file.openReader();
      connection = open;
      now = new Snapshot(open, snapshots);
      snapshot = now;
    }
    now.renew();
    return open;
  }

  /** Has no snapshot any more. */
  void leave() {
    Snapshot now = snapshot;
    if (now == null) {
      return;
    }
    boolean done = false;
    try {
      now.end();
      done = true;
    } catch (SQLException e) {
      // It ends with its connection.
    } finally {
      if (!done) {
        close();
      }
    }
  }

  /** Gives the connection up; the next use opens another. */
  void close() {
    get = null;
    snapshot = null;
    SqliteFile.closeQuietly(connection);
    connection = null; // Last: one that is open still would keep the log from being emptied.
  }

  /** What a connection sees from one read to the next. */
  private static final class Snapshot {
    private final SqliteSnapshots snapshots;
    private final PreparedStatement begin;
    private final PreparedStatement end;
    private boolean taken;
    private long age;

    Snapshot(Connection connection, SqliteSnapshots snapshots) throws SQLException {
      this.snapshots = snapshots;
      begin = connection.prepareStatement("BEGIN");
      end = connection.prepareStatement("COMMIT");
    }

    /** Makes sure that the next read sees all commits that anybody was told of. */
    void renew() throws SQLException {
      long now = snapshots.age(); // Before it is taken: it may hold more than that, never less.
      if (now != age) {
        end();
      }
      if (SqliteSnapshots.isKept(now) && !taken) {
        begin.execute();
        taken = true;
        age = now;
      }
    }

    void end() throws SQLException {
      if (taken) {
        end.execute();
        taken = false;
      }
    }
  }
}
