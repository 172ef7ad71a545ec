package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/** The file behind a database: what may lie at its path, and copies of it. */
final class DatabaseFile {
  private DatabaseFile() {}

  /** Refuses paths at which no database can be. */
  static void check(Path file) {
    if (file.toString().indexOf('?') >= 0) {
      throw unsupported(
          file, "has a '?', which the driver takes for the start of settings; rename");
    }
    if (Files.isDirectory(file)) {
      throw unsupported(
          file, "is a folder; name a file in it, such as " + file.resolve("tasks.db"));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw unsupported(file, "cannot be created, its folder does not exist; create " + folder);
    }
  }

  /**
   * Refuses a file whose last page is cut, which SQLite would notice only when it reads that page.
   * While there is a log, the file may be short and whole.
   *
   * <p>The file is not opened here: closing it would drop the POSIX locks of every connection that
   * this process has to it.
   */
  static void checkLength(Connection connection, Path file) throws SQLException {
    try {
      // First: a log that another opener begins afterwards does not count in it.
      long expected = pragma(connection, "page_count") * pragma(connection, "page_size");
      Path real = file.toRealPath(); // The log lies beside that one, not beside a link to it.
      Path wal = real.resolveSibling(real.getFileName() + "-wal");
      if (Files.exists(wal) && Files.size(wal) > 0) {
        return;
      }
      if (Files.size(file) < expected) {
        throw new SqliteException(
            Kind.CORRUPT,
            "%s is cut short: %d bytes of %d are there; restore a backup"
                .formatted(file, Files.size(file), expected),
            null);
      }
    } catch (IOException e) {
      throw new SqliteException(Kind.READ_ONLY, file + " cannot be read", e);
    }
  }

  private static long pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static SqliteException unsupported(Path file, String why) {
    return new SqliteException(Kind.UNSUPPORTED, "the database path " + file + " " + why, null);
  }

  /**
   * Writes a consistent, compact copy. It appears under its name only when it is whole and on disk.
   */
  static void copy(Path file, Path target) {
    if (Files.exists(target)) {
      throw new SqliteException(
          Kind.UNSUPPORTED,
          "the backup " + target + " exists and is not overwritten; name another file",
          null);
    }
    if (!Files.isRegularFile(file)) {
      throw new SqliteException(
          Kind.UNSUPPORTED, "there is no database " + file + " to copy", null);
    }
    Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      try (Connection source = DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath());
          PreparedStatement vacuum = source.prepareStatement("VACUUM INTO ?")) {
        vacuum.setString(1, part.toAbsolutePath().toString());
        vacuum.execute();
      }
      sync(part, StandardOpenOption.WRITE);
      publish(part, target);
      keepName(target);
    } catch (SQLException e) {
      throw SqliteException.of("the backup " + target + " failed", e);
    } catch (ClosedByInterruptException e) {
      throw new SqliteException(
          Kind.INTERRUPTED,
          "the backup " + target + " was interrupted and is not there; make it again",
          e);
    } catch (IOException e) {
      throw new SqliteException(
          Kind.OTHER,
          "the backup %s cannot be written; check its folder and disk: %s".formatted(target, e),
          e);
    } finally {
      try {
        Files.deleteIfExists(part);
      } catch (IOException e) {
        // It is told by its name; the backup itself is whole or missing.
      }
    }
  }

  /* A link, unlike a move, never replaces what another backup has put there meanwhile. */
  private static void publish(Path part, Path target) throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException noLinks) {
      // Each file system without them has an error of its own for that. The move looks whether the
      // target is there; one that comes between that look and the renaming is replaced.
      try {
        Files.move(part, target);
      } catch (IOException e) {
        e.addSuppressed(noLinks);
        throw e;
      }
    }
  }

  /* A name that a power loss may take away again is no backup. */
  private static void keepName(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try {
      sync(folder, StandardOpenOption.READ);
    } catch (AccessDeniedException e) {
      // It may be written but not read, so its names cannot be forced; the copy itself is on disk.
    } catch (IOException e) {
      delete(target, e);
      throw e;
    }
  }

  /** Deletes what must not stay because of a failure, which also tells if that fails. */
  static void delete(Path target, IOException why) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }
}
