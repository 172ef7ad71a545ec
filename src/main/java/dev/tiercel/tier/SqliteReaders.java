package dev.tiercel.tier;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** As many readers as read at once. Thread-safe. */
final class SqliteReaders {
  private static final int MOST = 16;

  private final SqliteSnapshots snapshots = new SqliteSnapshots();
  private final SqliteReader[] readers;
  private volatile boolean closed;

  SqliteReaders(SqliteFile file, Damage damaged) {
    int count = Math.max(2, Math.min(Runtime.getRuntime().availableProcessors(), MOST));
    readers =
        Stream.generate(() -> new SqliteReader(file, snapshots, damaged))
            .limit(count)
            .toArray(SqliteReader[]::new);
  }

  @Nullable TierRecord get(EncodedKey key, String text) throws SQLException {
    SqliteReader reader = take();
    try {
      requireOpen();
      return reader.get(key, text);
    } finally {
      reader.lock.unlock();
    }
  }

  List<SqliteReader.Walked> walk(long from) throws SQLException {
    SqliteReader reader = take();
    try {
      requireOpen();
      return reader.walk(from);
    } finally {
      reader.lock.unlock();
    }
  }

  /* A thread begins at the reader that it had before, whose pages its processor knows. */
  private SqliteReader take() {
    int own = (int) (Thread.currentThread().getId() % readers.length);
    for (int i = 0; i < readers.length; i++) {
      SqliteReader reader = readers[(own + i) % readers.length];
      if (reader.lock.tryLock()) {
        return reader;
      }
    }
    readers[own].lock.lock();
    return readers[own];
  }

  /* With the lock of a reader, as it opens its connection again when it is used. */
  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the tier is closed; open it again");
    }
  }

  /** What they know of commits. */
  SqliteSnapshots snapshots() {
    return snapshots;
  }

  /** Does something while nobody keeps a snapshot from one read to the next. */
  <E extends Exception> void away(SqliteSnapshots.Work<E> work) throws E {
    snapshots.renewed(
        () -> {
          for (SqliteReader reader : readers) {
            reader.lock.lock(); // Who reads at the moment may keep one yet.
            try {
              reader.leave();
            } finally {
              reader.lock.unlock();
            }
          }
          work.run();
        });
  }

  /** Waits for those who read, closes all connections, and lets nobody read. */
  void suspend() {
    for (SqliteReader reader : readers) {
      reader.lock.lock();
      reader.close();
    }
  }

  /** Ends what {@link #suspend} began. */
  void resume() {
    for (SqliteReader reader : readers) {
      reader.lock.unlock();
    }
  }

  /** Nobody reads any more. */
  void close() {
    closed = true;
    suspend();
    resume();
  }
}
