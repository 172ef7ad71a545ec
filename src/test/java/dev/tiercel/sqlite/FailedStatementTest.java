package dev.tiercel.sqlite;

import static dev.tiercel.sqlite.NumberTable.insert;
import static dev.tiercel.sqlite.NumberTable.numbers;
import static dev.tiercel.sqlite.NumberTable.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kept statement that failed once can be used again. */
class FailedStatementTest {
  private static final String FILL =
      "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 100000)"
          + " INSERT INTO n SELECT i FROM s RETURNING id";

  @TempDir Path folder;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = NumberTable.in(folder).open();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void swallow(Session session, String sql) {
    assertThrows(SQLException.class, () -> session.update(sql, Binder.NONE));
  }

  @Test
  void aSessionKnowsMoreThanOnceWhetherATransactionIsOpen() {
    database.write(
        (session, changes) -> {
          assertTrue(session.isInTransaction());
          assertTrue(session.isInTransaction());
          return 0;
        });
    assertThrows(
        SqliteException.class,
        () ->
            database.write(
                (session, changes) -> {
                  session.execute("ROLLBACK");
                  assertFalse(session.isInTransaction());
                  assertFalse(session.isInTransaction());
                  throw new SQLException("made by the test");
                }));
    assertEquals(1, write(database, 1));
  }

  @Test
  void aSwallowedErrorIsNoticedAlsoAfterAHarmlessOne() {
    write(database, 1);
    assertThrows(
        SqliteException.class,
        () ->
            database.alone(
                (session, changes) -> {
                  insert(session, changes, 2);
                  swallow(session, "INSERT INTO n VALUES (1)");
                  swallow(session, "INSERT INTO n VALUES (1)");
                  swallow(session, "INSERT OR ROLLBACK INTO n VALUES (1)");
                  swallow(session, "INSERT INTO n VALUES (3)");
                  return 0;
                }));
    assertEquals(List.of(1L), numbers(database));
  }

  @Test
  void aStatementThatFoundTheDiskFullWorksWhenThereIsRoom() {
    limit(20);
    for (int i = 0; i < 2; i++) {
      SqliteException e = assertThrows(SqliteException.class, this::fill);
      assertEquals(Kind.FULL, e.kind(), e.getMessage());
    }
    limit(1_000_000);
    assertEquals(100_000, fill());
    assertEquals(100_000, numbers(database).size());
  }

  private void limit(int pages) {
    database.write(
        (session, changes) -> session.number("PRAGMA max_page_count=" + pages, Binder.NONE));
  }

  private int fill() {
    return database
        .write((session, changes) -> session.list(FILL, Binder.NONE, row -> row.getLong(1)).size())
        .value();
  }
}
