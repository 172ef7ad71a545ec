package dev.tiercel.tier;

import dev.tiercel.tier.SqliteCondition.Opening;
import dev.tiercel.tier.SqliteCondition.State;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Has the files of a {@link SqliteTier} open and in order: one connection that writes, and those
 * that read. Used under the tier's lock.
 */
final class SqliteAccess implements AutoCloseable {
  private final TierLock owner;
  private final SqliteFile file;
  private final SqliteRoom room;
  private final SqliteCondition condition;
  private final SqliteReaders readers;
  private @Nullable SqliteWriter writer;

  SqliteAccess(
      TierLock owner,
      SqliteFile file,
      SqliteRoom room,
      SqliteCondition condition,
      SqliteReaders readers) {
    this.owner = owner;
    this.file = file;
    this.room = room;
    this.condition = condition;
    this.readers = readers;
  }

  /** The writer that is open, if one is. */
  @Nullable SqliteWriter writer() {
    return writer;
  }

  /** The writer, on files that are in order. */
  SqliteWriter ready() throws SQLException, IOException {
    Opening now = condition.now();
    if (now.state != State.SOUND || !file.isSame()) {
      // What was lost while it was open may be an old state that comes back: it begins empty.
      // The last connection takes the log along when it closes; while one is open, it is lost.
      boolean lost = file.isReplaced() || (writer != null && !file.isSame());
      reopen(now.state == State.DAMAGED || lost);
    }
    SqliteWriter open = writer;
    return open == null ? openAgain() : open;
  }

  /* Readers may go on meanwhile, unless it turns out that the file is no longer theirs. */
  private SqliteWriter openAgain() throws SQLException, IOException {
    Object theirs = file.identity();
    SqliteWriter opened = open();
    return Objects.equals(file.identity(), theirs) ? opened : reopen(true);
  }

  private SqliteWriter open() throws SQLException, IOException {
    Connection connection = file.openWriter();
    try {
      SqliteWriter opened = new SqliteWriter(connection, file, room, readers);
      writer = opened;
      return opened;
    } finally {
      if (writer == null) {
        SqliteFile.closeQuietly(connection);
      }
    }
  }

  /** Opens all of them again, empty or as they are. */
  SqliteWriter reopen(boolean empty) throws SQLException, IOException {
    // Before anything else: who fails to read from now on need not wonder why.
    condition.becomes(empty ? State.DAMAGED : State.DOUBTFUL);
    readers.suspend();
    try {
      closeWriter();
      if (!owner.isInPlace()) {
        owner.renew();
      }
      if (empty) {
        file.discard();
      }
      SqliteWriter opened = open();
      condition.becomes(State.SOUND);
      return opened;
    } finally {
      readers.resume();
    }
  }

  /** Gives the writer up; the next use opens another. */
  void closeWriter() {
    SqliteWriter open = writer;
    writer = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    try (owner) {
      readers.close();
      closeWriter();
    }
  }
}
