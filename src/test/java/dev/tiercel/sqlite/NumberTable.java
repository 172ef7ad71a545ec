package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A database with one table of numbers, for the tests of the plumbing. */
final class NumberTable {
  static final Migration SCHEMA = new Migration(1, "CREATE TABLE n (id INTEGER PRIMARY KEY);");

  record Numbered(long id) {}

  private NumberTable() {}

  static SqliteDatabaseBuilder in(Path folder) {
    return SqliteDatabase.builder(folder.resolve("n.db"))
        .migrations(List.of(SCHEMA))
        .readers(2)
        .busyTimeout(Duration.ofMinutes(1));
  }

  static long insert(Session session, Changes changes, long id) throws SQLException {
    session.update("INSERT INTO n VALUES (?)", row -> row.setLong(1, id));
    changes.add("n", null, new Numbered(id));
    return id;
  }

  static long write(SqliteDatabase database, long id) {
    return database.write((session, changes) -> insert(session, changes, id)).value();
  }

  static List<Long> numbers(SqliteDatabase database) {
    return database.read(
        session -> session.list("SELECT id FROM n ORDER BY id", Binder.NONE, r -> r.getLong(1)));
  }

  /** User code that keeps the writer until it is told to let go. */
  static final class Holder implements AutoCloseable {
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch letGo = new CountDownLatch(1);
    private final QueuedWriter<Long> writer;

    Holder(SqliteDatabase database) {
      writer =
          QueuedWriter.start(
              () ->
                  database
                      .alone(
                          (session, changes) -> {
                            inside.countDown();
                            QueuedWriter.await(letGo);
                            return 0L;
                          })
                      .value());
      QueuedWriter.await(inside);
    }

    void letGo() throws Exception {
      letGo.countDown();
      writer.get();
    }

    @Override
    public void close() {
      letGo.countDown();
    }
  }
}
