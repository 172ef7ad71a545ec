package dev.tiercel.tier;

import dev.tiercel.sqlite.BareConnection;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The files of a {@link SqliteTier}: the database and what SQLite puts beside it. */
final class SqliteFile {
  /* A reader does better to load the value than to wait for a lock that another program holds. */
  private static final Duration READER_PATIENCE = Duration.ofMillis(100);
  private static final Duration WRITER_PATIENCE = Duration.ofSeconds(2);

  /*
   * No memory map: where the map goes beyond the end of a file that somebody cut short, SQLite gets a
   * SIGBUS in native code, which ends the JVM. Without a sync a commit outlives the process, and what
   * a power loss leaves of it is found out by checksums.
   */
  private static final List<String> READER =
      List.of(
          "PRAGMA mmap_size=0",
          "PRAGMA cache_size=-4096",
          "PRAGMA wal_autocheckpoint=0",
          "PRAGMA query_only=ON");
  private static final List<String> WRITER =
      List.of(
          "PRAGMA mmap_size=0",
          "PRAGMA cache_size=-16384",
          "PRAGMA wal_autocheckpoint=0",
          "PRAGMA synchronous=OFF",
          "PRAGMA temp_store=MEMORY");

  private final Path database;
  private final Path log;
  private final Path index;
  private final SqliteRoom room;

  // Mutable state.
  private @Nullable Object identity;
  private boolean wasOurs;

  /**
   * The files.
   *
   * @param database a real path, as SQLite takes it for the names of the others
   */
  SqliteFile(Path database, SqliteRoom room) {
    this.database = database;
    this.room = room;
    log = database.resolveSibling(database.getFileName() + "-wal");
    index = database.resolveSibling(database.getFileName() + "-shm");
  }

  /** Where a database is, or will be, without links. */
  static Path realPath(Path database) throws IOException {
    if (Files.exists(database)) {
      return database.toRealPath();
    }
    Path folder = database.toAbsolutePath().getParent();
    return (folder == null ? database.toAbsolutePath() : folder.toRealPath())
        .resolve(database.getFileName());
  }

  Path path() {
    return database;
  }

  Connection openReader() throws SQLException {
    return BareConnection.open(database, READER_PATIENCE, READER);
  }

  /**
   * Opens the database for writing; it is made if there is none.
   *
   * @throws SQLException also if what is there is damaged, or no database of a tier
   */
  Connection openWriter() throws SQLException, IOException {
    Connection connection = connect();
    try {
      if (SqliteTable.number(connection, "PRAGMA page_count") > room.pages()) {
        // Its bound was larger. To shrink it so much would take longer than to fill it again.
        connection.close();
        discard();
        connection = connect();
      }
      SqliteTable.number(connection, "PRAGMA max_page_count=" + room.pages());
      return connection;
    } catch (Throwable e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private Connection connect() throws SQLException, IOException {
    create();
    Connection connection = BareConnection.open(database, WRITER_PATIENCE, WRITER);
    try {
      SqliteTable.prepare(connection);
      requireWritable(connection);
      identity = identityNow();
      wasOurs = true;
      return connection;
    } catch (Throwable e) {
      closeQuietly(connection);
      throw e;
    }
  }

  private void create() throws IOException {
    try {
      Files.createFile(database, OwnerOnly.file(database));
    } catch (FileAlreadyExistsException e) {
      // As it should be.
    }
  }

  /* A damaged header can make a database read-only; the file system knows better. */
  private void requireWritable(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE tier SET entries = entries");
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      if (SqliteFault.isReadOnly(e) && Files.isWritable(database)) {
        throw SqliteFault.damage("its header is damaged");
      }
      throw e;
    }
  }

  /** Whether the files at these paths are still those that were opened. */
  boolean isSame() throws IOException {
    try {
      return Objects.equals(identity, identityNow()) && Files.exists(log);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Whether the database that was opened here is no longer there, whatever is in its place. */
  boolean isReplaced() throws IOException {
    try {
      return wasOurs && !Objects.equals(identity, identityNow());
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /**
   * Whether a failure means that the file is of no more use. There is no room: that is so if the
   * disk has some. Torn pages point far behind the end of the file, where SQLite would have to go.
   */
  boolean isDamage(SQLException e) {
    return SqliteFault.isDamage(e) || (SqliteFault.isFull(e) && hasDiskRoom());
  }

  private boolean hasDiskRoom() {
    try {
      return Files.getFileStore(database).getUsableSpace() > room.logBytes();
    } catch (IOException e) {
      return false;
    }
  }

  /** What tells the file that was opened last from others. */
  @Nullable Object identity() {
    return identity;
  }

  private @Nullable Object identityNow() throws IOException {
    return Files.readAttributes(database, BasicFileAttributes.class).fileKey();
  }

  /**
   * Takes the files away; no connection may be open. What was never known as a tier's is kept under
   * another name, in case that somebody named the wrong file.
   *
   * @throws CacheTierException if it is a database of somebody else
   */
  void discard() throws IOException {
    if (isForeign()) {
      throw new CacheTierException(
          database + " is a database of somebody else; name another file for the tier",
          SqliteFault.damage("it has other tables"));
    }
    // The log first: a database without it is damaged, another one with it would be, too.
    Files.deleteIfExists(log);
    Files.deleteIfExists(index);
    if (wasOurs) {
      Files.deleteIfExists(database);
    } else if (Files.exists(database)) {
      Path aside = database.resolveSibling(database.getFileName() + "-damaged");
      Files.move(database, aside, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private boolean isForeign() {
    if (!Files.exists(database)) {
      return false;
    }
    try (Connection connection = BareConnection.open(database, READER_PATIENCE, READER)) {
      boolean foreign = SqliteTable.isForeign(connection);
      wasOurs |= SqliteTable.isOurs(connection);
      return foreign;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes a connection that may be broken. */
  static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      // It is of no more use, whatever it says.
    }
  }

  /** How many bytes the log has. */
  long logBytes() throws IOException {
    return size(log);
  }

  /** How many bytes all files have. */
  long bytes() throws IOException {
    return size(database) + size(log) + size(index);
  }

  private static long size(Path path) throws IOException {
    try {
      return Files.size(path);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
