package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** A failure of the database, told apart by what a caller can do about it. */
public final class SqliteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /* Primary result codes, see https://sqlite.org/rescode.html */
  private static final int ERROR = 1; // Statements that are right fail so in a broken schema.
  private static final int IO = 10;
  static final int FULL = 13;
  static final int CONSTRAINT = 19;

  /** The remedy where a call of the operating system failed. */
  static final String CHECK_DISK = "check the disk and the limits of quota, file size and files: ";

  /** What went wrong. Unless said otherwise, nothing of the failed work was written. */
  public enum Kind {
    /** The lock or a connection was not to be had in time; trying again is safe. */
    BUSY,
    /** No room on the disk, or the size limit is reached. */
    FULL,
    /** File or folder cannot be written. */
    READ_ONLY,
    /** The file is no database, or is damaged. */
    CORRUPT,
    /** The database was closed by its owner. */
    CLOSED,
    /** The file cannot be opened as it is; the message names the remedy. */
    UNSUPPORTED,
    /** The commit failed: the work may be written or not. */
    UNKNOWN_OUTCOME,
    /** The thread was interrupted while it waited; its interrupt flag is set. */
    INTERRUPTED,
    /** Anything else; the cause says what. */
    OTHER
  }

  /** What went wrong. */
  private final Kind kind;

  /**
   * Creates the exception.
   *
   * @param kind what went wrong
   * @param message the value and the remedy
   * @param cause what was caught below, or null
   */
  public SqliteException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /**
   * What went wrong.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Wraps what the driver or the pool threw.
   *
   * @param doing what was tried
   * @param e what was thrown
   * @return the exception, with its kind read off the error code
   */
  public static SqliteException of(String doing, SQLException e) {
    Kind kind = kindOf(e);
    return new SqliteException(kind, doing + ": " + hint(kind, e) + e.getMessage(), e);
  }

  /** Of whatever was thrown while a database was opened; an error is thrown as it is. */
  static RuntimeException ofOpening(Path file, Throwable e) {
    String doing = "cannot open " + file;
    if (e instanceof SqliteException known) {
      // Nobody's write was under way; what is unknown is a row of the journal's own.
      return known.kind == Kind.UNKNOWN_OUTCOME ? ofOwnRow(doing, known) : named(file, known);
    }
    if (e instanceof SQLException sql) {
      return of(doing, sql);
    }
    return !(e instanceof Error) && e.getCause() instanceof SQLException sql
        ? of(doing, sql)
        : unchecked(e);
  }

  /** What a write of the journal's own says, it says of no file. */
  private static SqliteException named(Path file, SqliteException known) {
    String said = String.valueOf(known.getMessage());
    return said.contains(file.toString())
        ? known
        : new SqliteException(known.kind, "cannot open " + file + ": " + said, known);
  }

  private static SqliteException ofOwnRow(String doing, SqliteException unknown) {
    Throwable failed = unknown.getCause() == null ? unknown : unknown.getCause();
    return new SqliteException(
        Kind.OTHER,
        doing + ": a commit failed; open it again, or " + CHECK_DISK + failed.getMessage(),
        unknown);
  }

  private static String hint(Kind kind, SQLException e) {
    return switch (kind) {
      case BUSY -> "not to be had within the busy timeout; try again, or raise it: ";
      case FULL -> "no room is left; make some and try again: ";
      // A damaged header can make a file read-only to SQLite.
      case READ_ONLY ->
          "it cannot be written; check the permissions of file and folder, or, if they are right,"
              + " restore a backup: ";
      // SQLite says so too of a sector that the disk cannot read.
      case CORRUPT ->
          "it is no database, or damaged, or unreadable; check the disk, restore a backup: ";
      default ->
          switch (primaryCode(e)) {
            case IO -> CHECK_DISK;
            case ERROR -> "if that worked before, the file is damaged; restore a backup: ";
            default -> "";
          };
    };
  }

  /** An error is thrown, a checked exception wrapped. */
  static RuntimeException unchecked(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
    return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
  }

  static boolean isBusy(SQLException e) {
    return kindOf(e) == Kind.BUSY;
  }

  /** SQLite's primary result code, or 0 if it was not SQLite that failed. */
  static int primaryCode(Throwable e) {
    // An extended code keeps its primary one in the low byte.
    return e instanceof SQLiteException sqlite ? sqlite.getErrorCode() & 0xff : 0;
  }

  private static Kind kindOf(SQLException e) {
    if (e.getCause() instanceof InterruptedException) {
      return Kind.INTERRUPTED;
    }
    if (e instanceof SQLTransientConnectionException) {
      return e.getCause() instanceof SQLException cause && cause != e ? kindOf(cause) : Kind.BUSY;
    }
    return switch (primaryCode(e)) {
      case 5, 6 -> Kind.BUSY;
      case 8, 14 -> Kind.READ_ONLY; // 14: a file beside the database could not be made
      case 11, 26 -> Kind.CORRUPT;
      case FULL -> Kind.FULL;
      default -> Kind.OTHER;
    };
  }
}
