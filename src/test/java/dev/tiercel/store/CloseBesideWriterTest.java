package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseBesideWriterTest {
  @TempDir Path folder;

  private SqliteTaskRepository open() {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(folder.resolve("tasks.db")), false, InstantSource.system());
  }

  @Test
  void closingWhileAnotherProcessWritesHarmsNobody() throws Exception {
    SqliteTaskRepository tasks = open();
    tasks.addAll(IntStream.range(0, 100).mapToObj(i -> Task.titled("task " + i)).toList());
    assertEquals(3, tasks.claim("a", 3, Duration.ofHours(1)).size());
    assertEquals(100, tasks.count(TaskQuery.all()));
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tasks.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      statement.execute("UPDATE tasks SET priority = 5");
      assertDoesNotThrow(tasks::close);
      statement.execute("COMMIT");
    }
    try (SqliteTaskRepository again = open()) {
      assertEquals(100, again.count(TaskQuery.all()));
    }
  }
}
