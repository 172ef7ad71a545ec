package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import dev.tiercel.task.UnsupportedDatabaseException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LegacyConversionTest {
  private static final String TIME = "2024-01-15T10:30:00.123456";

  @TempDir Path folder;
  private LegacyFile legacy;

  @BeforeEach
  void make() throws Exception {
    legacy = LegacyFile.in(folder);
  }

  private List<String> files() throws Exception {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void everyFormOfTimeIsKeptToTheMicrosecond() throws Exception {
    Map<String, String> times = new LinkedHashMap<>();
    times.put("2024-01-15T10:30:00", "2024-01-15T10:30:00Z");
    times.put("2024-01-15T10:30:01.123", "2024-01-15T10:30:01.123Z");
    times.put("2024-01-15T10:30:02.123456", "2024-01-15T10:30:02.123456Z");
    times.put("2024-01-15T11", "2024-01-15T11:00:00Z");
    times.put("2024-01-15T10:31", "2024-01-15T10:31:00Z");
    times.put("2024-01-15T10:30:03+02:00", "2024-01-15T08:30:03Z");
    times.put("2024-01-15T10:30:04-07:00", "2024-01-15T17:30:04Z");
    times.put("2024-01-15T10:30:00+05:30:15", "2024-01-15T04:59:45Z");
    times.put("2024-01-15T10:30:00+05:30:15.123456", "2024-01-15T04:59:44.876544Z");
    times.put("2024-01-15 10:30:05.000001", "2024-01-15T10:30:05.000001Z");
    times.put("1970-01-01T00:00:00", "1970-01-01T00:00:00Z");
    times.put("9999-12-31T23:59:59.999999", "9999-12-31T23:59:59.999999Z");
    for (String text : times.keySet()) {
      legacy.add(text, "title", null, "a", text, text, text, 1);
    }
    Map<String, Task> tasks =
        legacy.convert().stream().collect(Collectors.toMap(Task::id, task -> task));
    assertEquals(times.keySet(), tasks.keySet());
    times.forEach(
        (text, time) -> {
          Instant instant = Instant.parse(time);
          Task task = tasks.get(text);
          assertEquals(
              List.of(instant, instant, instant, instant),
              List.of(task.createdAt(), task.assignedAt(), task.completedAt(), task.updatedAt()),
              text);
        });
  }

  @Test
  void everyFieldIsKeptAndNullsToo() throws Exception {
    legacy.add("1", " Größe ☃ ", "line\nline", "agent", TIME, "2024-01-16T10:30", null, -5);
    legacy.add("2", "bare", null, null, TIME, null, null, null);
    legacy.add("3", "never assigned", "", null, TIME, null, "2024-01-17T10:30", 9);
    Instant created = Instant.parse(TIME + "Z");
    Instant assigned = Instant.parse("2024-01-16T10:30:00Z");
    Instant completed = Instant.parse("2024-01-17T10:30:00Z");
    List<Task> tasks =
        legacy.convert().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    assertEquals(
        List.of(
            new Task(
                "1",
                " Größe ☃ ",
                "line\nline",
                "agent",
                created,
                assigned,
                null,
                -5,
                assigned,
                1,
                0,
                null),
            new Task("2", "bare", null, null, created, null, null, 1, created, 1, 0, null),
            new Task(
                "3",
                "never assigned",
                "",
                null,
                created,
                null,
                completed,
                9,
                completed,
                1,
                0,
                null)),
        tasks);
    assertEquals(TaskStatus.COMPLETED, tasks.get(2).status());
    assertNull(tasks.get(2).assignedAgentId());
  }

  @Test
  void withoutTheSwitchItIsRefusedAndNotAByteIsChanged() throws Exception {
    legacy.add("1", "title", null, null, TIME, null, null, 1);
    byte[] before = Files.readAllBytes(legacy.path());
    UnsupportedDatabaseException e =
        assertThrows(UnsupportedDatabaseException.class, () -> legacy.open(false));
    assertTrue(e.getMessage().contains("migrateLegacy(true)"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(legacy.path()));
    assertEquals(List.of("tasks.db"), files());
  }

  @Test
  void theBackupBesideItHoldsTheOldRowsAndConvertingAgainDoesNothing() throws Exception {
    legacy.add("1", "title", null, null, TIME, null, null, 3);
    List<Task> tasks = legacy.convert();
    String old = "SELECT id || '|' || created_at || '|' || priority FROM tasks";
    assertEquals(List.of("1|" + TIME + "|3"), LegacyFile.texts(legacy.backup(), old));
    assertEquals(tasks, legacy.convert());
    assertEquals(List.of("tasks.db", "tasks.db.legacy-backup"), files());
    assertEquals(List.of("1"), legacy.texts("PRAGMA user_version"));
    assertEquals(List.of("wal"), legacy.texts("PRAGMA journal_mode"));
    assertEquals(
        List.of(),
        legacy.texts("SELECT name FROM sqlite_schema WHERE name LIKE 'tiercel_legacy%'"));
  }

  @Test
  void aBackupThatExistsIsKeptAndAnotherNameTaken() throws Exception {
    legacy.add("1", "title", null, null, TIME, null, null, 1);
    Files.writeString(legacy.backup(), "precious");
    legacy.convert();
    assertEquals("precious", Files.readString(legacy.backup()));
    Path second = folder.resolve("tasks.db.legacy-backup-2");
    assertEquals(List.of(TIME), LegacyFile.texts(second, "SELECT created_at FROM tasks"));
  }

  private String refusedAndUntouched() throws Exception {
    byte[] before = Files.readAllBytes(legacy.path());
    String message =
        assertThrows(UnsupportedDatabaseException.class, () -> legacy.open(true)).getMessage();
    assertEquals(List.of("tasks.db"), files());
    assertArrayEquals(before, Files.readAllBytes(legacy.path()));
    assertEquals(List.of("delete"), legacy.texts("PRAGMA journal_mode"));
    assertEquals(List.of("0"), legacy.texts("PRAGMA user_version"));
    return message;
  }

  @Test
  void rowsThatCannotBeKeptAreNamedAndNothingIsConverted() throws Exception {
    legacy.add("good", "title", null, null, TIME, null, null, 1);
    legacy.add("blank", "  ", null, null, TIME, null, null, 1);
    legacy.add("badtime", "title", null, null, TIME, "yesterday", null, 1);
    legacy.add(null, "title", null, null, TIME, null, null, 1);
    legacy.add("highprio", "title", null, null, TIME, null, null, "high");
    legacy.add("hugeprio", "title", null, null, TIME, null, null, 1L << 40);
    legacy.add("early", "title", null, null, "1969-12-31T23:59:59", null, null, 1);
    legacy.add("fine", "title", null, null, "2024-01-15T10:30:00.1234567", null, null, 1);
    String message = refusedAndUntouched();
    for (String problem :
        List.of(
            "row 2, id blank",
            "row 3, id badtime",
            "\"yesterday\"",
            "row 4, id null",
            "row 5, id highprio",
            "high",
            "row 6, id hugeprio",
            "row 7, id early",
            "1969-12-31T23:59:59",
            "row 8, id fine")) {
      assertTrue(message.contains(problem), () -> problem + " in " + message);
    }
    assertFalse(message.contains("id good"), message);
  }

  @Test
  void idsThatOccurTwiceAreNamedAndNothingIsConverted() throws Exception {
    legacy.run("DROP TABLE tasks", LegacyFile.TABLE.replace("PRIMARY KEY", ""));
    legacy.add("twin", "title", null, null, TIME, null, null, 1);
    legacy.add("twin", "title", null, null, TIME, null, null, 1);
    String message = refusedAndUntouched();
    assertTrue(message.contains("twin"), message);
  }

  @Test
  void triggersAreRefusedByName() throws Exception {
    legacy.run("CREATE TRIGGER audit AFTER INSERT ON tasks BEGIN SELECT 1; END");
    String message = refusedAndUntouched();
    assertTrue(message.contains("audit"), message);
  }

  @Test
  void anUnknownColumnIsRefusedByName() throws Exception {
    legacy.run("ALTER TABLE tasks ADD COLUMN mood TEXT");
    String message = refusedAndUntouched();
    assertTrue(message.contains("mood"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void viewsForeignKeysAndOtherTablesGoOn(String mode) throws Exception {
    legacy.add("1", "title", null, null, TIME, null, null, 1);
    legacy.run(
        "PRAGMA journal_mode=" + mode,
        "CREATE VIEW open_tasks AS SELECT id, title FROM tasks WHERE completed_at IS NULL",
        "CREATE TABLE notes (task TEXT REFERENCES tasks(id) ON DELETE CASCADE, text TEXT)",
        "INSERT INTO notes VALUES ('1', 'note')",
        "CREATE TRIGGER noted AFTER INSERT ON notes BEGIN"
            + " UPDATE tasks SET priority = 7 WHERE id = NEW.task; END");
    assertEquals(1, legacy.convert().size());
    assertEquals(List.of("title"), legacy.texts("SELECT title FROM open_tasks"));
    assertEquals(List.of("note"), legacy.texts("SELECT text FROM notes"));
    legacy.run("INSERT INTO notes VALUES ('1', 'more')");
    assertEquals(List.of("7"), legacy.texts("SELECT priority FROM tasks"));
    assertEquals(List.of(), legacy.texts("PRAGMA foreign_key_check"));
    legacy.run("PRAGMA foreign_keys=ON", "DELETE FROM tasks");
    assertEquals(List.of(), legacy.texts("SELECT text FROM notes"));
  }

  @Test
  void indexesOfTheLegacyTableDoNotCollide() throws Exception {
    legacy.add("1", "title", null, null, TIME, null, null, 1);
    legacy.run(
        "CREATE INDEX tasks_pending_urgent ON tasks (priority)",
        "CREATE UNIQUE INDEX \"odd \"\" name\" ON tasks (id, title)");
    assertEquals(1, legacy.convert().size());
    assertEquals(List.of(), legacy.texts("SELECT name FROM sqlite_schema WHERE name LIKE 'odd%'"));
  }

  @RepeatedTest(5)
  void twoOpenersAtOnceConvertOnce() throws Exception {
    for (int i = 0; i < 50; i++) {
      legacy.add("task-" + i, "title", null, null, TIME, null, null, 1);
    }
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<SqliteTaskRepository>> openers =
          Stream.generate(
                  () ->
                      threads.submit(
                          () -> {
                            start.await(1, TimeUnit.MINUTES);
                            return legacy.open(true);
                          }))
              .limit(2)
              .toList();
      for (Future<SqliteTaskRepository> opener : openers) {
        try (SqliteTaskRepository tasks = opener.get(1, TimeUnit.MINUTES)) {
          assertEquals(50, tasks.count(TaskQuery.all()));
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(List.of("tasks.db", "tasks.db.legacy-backup"), files());
  }

  @Test
  void aDatabaseOfAnotherProgramIsRefused() throws Exception {
    LegacyFile other = new LegacyFile(folder.resolve("other.db"));
    other.run("CREATE TABLE theirs (id)", "PRAGMA user_version=1");
    byte[] before = Files.readAllBytes(other.path());
    assertThrows(UnsupportedDatabaseException.class, () -> other.open(true));
    assertArrayEquals(before, Files.readAllBytes(other.path()));
    Path copy = folder.resolve("copy.db");
    SqliteDatabase.copy(other.path(), copy);
    assertEquals(List.of("theirs"), LegacyFile.texts(copy, "SELECT name FROM sqlite_schema"));
  }
}
