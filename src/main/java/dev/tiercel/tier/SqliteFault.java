package dev.tiercel.tier;

import dev.tiercel.sqlite.BareConnection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;

/** Tells what a failure of SQLite means for a {@link SqliteTier}. */
final class SqliteFault {
  /* Primary result codes, see https://sqlite.org/rescode.html */
  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READ_ONLY = 8;
  private static final int IO = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;

  /* Beside CORRUPT and NOTADB those that our statements can only meet in a file that is not what it
   * was: ERROR (no such table), SCHEMA, CONSTRAINT, MISMATCH, FORMAT. */
  private static final Set<Integer> DAMAGE = Set.of(CORRUPT, 26, 1, 17, 19, 20, 24);

  private SqliteFault() {}

  static SQLException damage(String what) {
    return new SQLException(what, null, CORRUPT);
  }

  static SQLException busy(String what) {
    return new SQLException(what, null, BUSY);
  }

  static boolean isDamage(SQLException e) {
    return DAMAGE.contains(e.getErrorCode()) || BareConnection.isCutShort(e);
  }

  /** Whether another connection may be none the worse. */
  static boolean isOfOneConnection(SQLException e) {
    int code = e.getErrorCode();
    return code == BUSY || code == LOCKED || code == READ_ONLY || code == FULL;
  }

  /** Whether the disk is full, or SQLite believes that the file may not become so large. */
  static boolean isFull(SQLException e) {
    return e.getErrorCode() == FULL;
  }

  static boolean isReadOnly(SQLException e) {
    return e.getErrorCode() == READ_ONLY;
  }

  /** For those who use the tier. */
  static CacheTierException of(Path file, String doing, Exception e) {
    int code = e instanceof SQLException sql ? sql.getErrorCode() : CANNOT_OPEN;
    return new CacheTierException(
        "%s cannot be %s; %s (%s)".formatted(file, doing, remedy(code), e.getMessage()), e);
  }

  private static String remedy(int code) {
    return switch (code) {
      case BUSY, LOCKED -> "another program has it locked: end that one";
      case READ_ONLY, CANNOT_OPEN -> "check that the folder is there and both can be written";
      case FULL -> "the disk is full: make room on it";
      case IO -> "check the disk";
      default -> "if that goes on, close the tier and delete the file: it is only a cache";
    };
  }
}
