package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows come back as they went in, whatever stands in them; rows of another writer are told. */
class PackedRowTest {
  @TempDir Path folder;

  private SqliteTaskRepository open() {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(folder.resolve("tasks.db")), false, InstantSource.system());
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tasks.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16le", "UTF-16be"})
  void everyTextComesBackInEveryEncodingOfTheFile(String encoding) throws SQLException {
    execute("PRAGMA encoding='" + encoding + "'", "CREATE TABLE other (x)");
    // In UTF-16, SQLite before 3.54 keeps U+FFFD in its place.
    String last = encoding.equals("UTF-8") ? "\uffff" : "\ufffd";
    try (SqliteTaskRepository tasks = open()) {
      Task plain = Task.titled("+").withPriority(Integer.MIN_VALUE);
      for (Task task :
          List.of(
              plain,
              plain.withId("empty").withDescription(""),
              plain.withId("plus").withDescription("+").assignedTo("+"),
              plain.withId("žluť 🦅 \u00ff").withDescription("\u0001\n" + last + " 漢字 🦅"),
              plain.withId("done").withDescription("a").assignedTo("b").completed())) {
        Task stored = tasks.add(task);
        assertEquals(stored, tasks.findById(task.id()).orElseThrow());
        assertEquals(task.description(), stored.description());
        assertTrue(tasks.find(TaskQuery.all()).items().contains(stored));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title = 'a' || char(0) || 'b'",
        "title = 'a' || char(0)",
        "title = 'a' || char(0) || '+b'",
        "id = 'x' || char(0) || 'y'",
        "description = 'a' || char(0)",
        "description = char(0) || char(0)",
        "assigned_agent_id = ''",
        "title = ''",
        "priority = 2147483648",
        "created_at = -1",
        "version = -1"
      })
  void aRowThatIsNoTaskIsToldAndNotReadAsAnother(String change) throws SQLException {
    try (SqliteTaskRepository tasks = open()) {
      tasks.add(Task.titled("title").withId("x"));
      execute("UPDATE tasks SET " + change);
      RepositoryCorruptException e =
          assertThrows(RepositoryCorruptException.class, () -> tasks.find(TaskQuery.all()));
      assertTrue(e.getMessage().contains("tasks"), e.getMessage());
    }
  }

  @Test
  void theOthersCanStillBeRead() throws SQLException {
    try (SqliteTaskRepository tasks = open()) {
      tasks.add(Task.titled("title").withId("x"));
      Task good = tasks.add(Task.titled("title").withId("y"));
      execute("UPDATE tasks SET title = '' WHERE id = 'x'");
      assertThrows(RepositoryCorruptException.class, () -> tasks.findById("x"));
      assertEquals(good, tasks.findById("y").orElseThrow());
    }
  }
}
