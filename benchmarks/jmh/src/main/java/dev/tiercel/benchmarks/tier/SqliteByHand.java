package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** A table of SQLite with scattered rowids, a connection that reads it and a statement held. */
final class SqliteByHand implements ByteStore {
  private static final String SCHEMA =
      "CREATE TABLE IF NOT EXISTS entry(hash INTEGER PRIMARY KEY, ord INTEGER NOT NULL, expires"
          + " INTEGER NOT NULL, checksum INTEGER NOT NULL, key BLOB NOT NULL, bytes BLOB NOT NULL)";
  private static final String VALUE = "SELECT bytes FROM entry WHERE hash = ?";
  private static final String ALL =
      "SELECT ord, expires, checksum, key, bytes FROM entry WHERE hash = ?";
  private static final long MAP_BYTES = 16L << 30;

  private final Connection writer;
  private final PreparedStatement insert;
  private final Connection reader;
  private final PreparedStatement select;
  private final boolean checked;
  private final CRC32C crc = new CRC32C();

  SqliteByHand(Path file, boolean mapped, boolean checked) throws SQLException {
    this.checked = checked;
    writer = DriverManager.getConnection("jdbc:sqlite:" + file);
    set(writer, "journal_mode=WAL");
    set(writer, "synchronous=OFF");
    set(writer, "cache_size=-16384");
    execute(writer, SCHEMA);
    writer.setAutoCommit(false);
    insert = writer.prepareStatement("INSERT OR REPLACE INTO entry VALUES(?, ?, ?, ?, ?, ?)");
    reader = DriverManager.getConnection("jdbc:sqlite:" + file);
    set(reader, "cache_size=-4096");
    set(reader, "mmap_size=" + (mapped ? MAP_BYTES : 0));
    set(reader, "query_only=ON");
    select = reader.prepareStatement(checked ? ALL : VALUE);
  }

  private static void set(Connection connection, String pragma) throws SQLException {
    execute(connection, "PRAGMA " + pragma);
  }

  private static void execute(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @Override
  public byte[] get(String key) throws SQLException {
    select.setLong(1, Row.id(Row.number(key)));
    try (ResultSet row = select.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      return checked ? checked(row, key) : row.getBytes(1);
    }
  }

  private byte[] checked(ResultSet row, String key) throws SQLException {
    long order = row.getLong(1);
    long expires = row.getLong(2);
    byte[] storedKey = row.getBytes(4);
    byte[] bytes = row.getBytes(5);
    if (order < 0
        || expires < 0
        || row.getInt(3) != sum(storedKey, bytes)
        || !Arrays.equals(storedKey, key.getBytes(StandardCharsets.UTF_8))) {
      throw new IllegalStateException(key + " did not come back");
    }
    return bytes;
  }

  private int sum(byte[] key, byte[] bytes) {
    crc.reset();
    crc.update(key);
    crc.update(bytes);
    return (int) crc.getValue();
  }

  @Override
  public void put(List<TierRecord> records) throws SQLException {
    for (TierRecord record : records) {
      byte[] key = record.key().getBytes(StandardCharsets.UTF_8);
      insert.setLong(1, Row.id(Row.number(record.key())));
      insert.setLong(2, record.order());
      insert.setLong(3, record.expiresAt());
      insert.setInt(4, sum(key, record.bytes()));
      insert.setBytes(5, key);
      insert.setBytes(6, record.bytes());
      insert.executeUpdate();
    }
    writer.commit();
  }

  /** A reader of the log has to look into its index first. */
  @Override
  public void settle() throws SQLException {
    writer.setAutoCommit(true);
    set(writer, "wal_checkpoint(TRUNCATE)");
    writer.setAutoCommit(false);
  }

  @Override
  public void close() throws SQLException {
    try (writer;
        reader) {
      select.close();
      insert.close();
    }
  }
}
