package dev.tiercel.store;

import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.RepositoryClosedException;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.RepositoryFullException;
import dev.tiercel.task.RepositoryReadOnlyException;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.task.UnknownOutcomeException;
import dev.tiercel.task.UnsupportedDatabaseException;
import java.sql.SQLException;

/** Says in the words of a task repository what the database said. */
final class Failures {
  private Failures() {}

  static TaskRepositoryException of(SQLException e) {
    return of(SqliteException.of("the database failed", e));
  }

  static TaskRepositoryException of(SqliteException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case BUSY -> new RepositoryBusyException(message, e);
      case FULL -> new RepositoryFullException(message, e);
      case READ_ONLY -> new RepositoryReadOnlyException(message, e);
      case CORRUPT -> new RepositoryCorruptException(message, e);
      case CLOSED -> new RepositoryClosedException(message, e);
      case UNSUPPORTED -> new UnsupportedDatabaseException(message, e);
      case UNKNOWN_OUTCOME -> new UnknownOutcomeException(message, e);
      case INTERRUPTED, OTHER -> new TaskRepositoryException(message, e);
    };
  }
}
