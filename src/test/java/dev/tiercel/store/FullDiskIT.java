package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.ResourceCloseException;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Priority;
import dev.tiercel.task.RepositoryFullException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A full disk refuses writes and nothing else, and when there is room again they go on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FullDiskIT {
  private static final int WRITERS = 4;
  private static final int DISK_MEBIBYTES = 3;
  private static final int FILLER_BYTES = 1 << 20;
  private static final int TASK_BYTES = 6_000;
  private static final int MORE_THAN_FITS = (DISK_MEBIBYTES << 20) / TASK_BYTES;

  @TempDir Path folder;
  private final Map<String, Task> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void writesAreRefusedReadsGoOnAndRoomIsAllItTakes() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES)) {
      Path filler = Files.write(disk.file("filler"), new byte[FILLER_BYTES]);
      try (SqliteTaskRepository tasks = open(disk.file("tasks.db"))) {
        fillUntilNothingFits(tasks);
        requireAcknowledged(tasks, "on the full disk");
        untilRefused(
            tasks, () -> List.of(tasks.save(tasks.findAll(1).get(0).withPriority(Priority.HIGH))));
        untilRefused(tasks, () -> tasks.claim("agent", 1, Duration.ofMinutes(1)));
        untilRefused(
            tasks, () -> tasks.inTransaction(tx -> tx.addAll(List.of(large(), large())).orThrow()));
        requireAcknowledged(tasks, "after refusals of every kind");

        Files.delete(filler);
        acknowledge(List.of(tasks.add(large())));
        assertEquals(1, tasks.claim("agent", 1, Duration.ofMinutes(1)).size());
        assertEquals(acknowledged.size(), tasks.count(TaskQuery.all()), "when there is room again");
      }
      requireStored(disk.file("tasks.db"));
    }
  }

  @Test
  void closingOnAFullDiskEndsAndTheLogKeepsWhatTheFileCannotTake() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), DISK_MEBIBYTES)) {
      SqliteTaskRepository tasks = open(disk.file("tasks.db"));
      try {
        fillUntilNothingFits(tasks);
      } finally {
        try {
          tasks.close();
        } catch (ResourceCloseException e) {
          // The last checkpoint found no room either; what it would have copied is in the log.
        }
      }
      for (String name : List.of("tasks.db", "tasks.db-wal")) {
        if (Files.exists(disk.file(name))) {
          Files.copy(disk.file(name), folder.resolve(name));
        }
      }
    }
    requireStored(folder.resolve("tasks.db"));
    try (SqliteTaskRepository tasks = open(folder.resolve("tasks.db"))) {
      requireAcknowledged(tasks, "moved to where there is room");
      tasks.add(large());
    }
  }

  /* One reader: a connection that is not given back is missed at once. */
  private static SqliteTaskRepository open(Path file) {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(file).readers(1).walBytes(1 << 20),
        false,
        InstantSource.fixed(Instant.parse("2026-11-24T00:00:00Z")));
  }

  private Task large() {
    String id = "task-" + numbers.incrementAndGet();
    return Task.titled("work").withId(id).withDescription("x".repeat(TASK_BYTES));
  }

  /* A checkpoint makes some room, so one refusal is not the end. */
  private void fillUntilNothingFits(SqliteTaskRepository tasks) throws Exception {
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(
          () -> {
            for (int inARow = 0; inARow < 20; ) {
              inARow = fits(tasks) ? 0 : inARow + 1;
            }
            return true;
          });
    }
    for (var writer : threads.invokeAll(writers)) {
      assertTrue(writer.get());
    }
    assertTrue(acknowledged.size() > 50, "full after " + acknowledged.size());
  }

  private boolean fits(SqliteTaskRepository tasks) {
    Task task = large();
    try {
      acknowledge(List.of(tasks.add(task)));
      return true;
    } catch (RepositoryFullException e) {
      refused.add(task.id());
    }
    return false;
  }

  /* A checkpoint that just ended may have made room for one more. */
  private void untilRefused(SqliteTaskRepository tasks, Callable<List<Task>> write)
      throws Exception {
    while (true) {
      try {
        acknowledge(write.call());
      } catch (RepositoryFullException e) {
        return;
      }
      fillUntilNothingFits(tasks);
    }
  }

  private void acknowledge(List<Task> stored) {
    stored.forEach(task -> acknowledged.put(task.id(), task));
    assertTrue(acknowledged.size() <= MORE_THAN_FITS, "more was acknowledged than the disk holds");
  }

  private void requireAcknowledged(SqliteTaskRepository tasks, String when) {
    acknowledged.forEach(
        (id, task) -> assertEquals(task, tasks.findById(id).orElse(null), id + " " + when));
    refused.forEach(id -> assertTrue(tasks.findById(id).isEmpty(), id + " was refused, " + when));
    assertFalse(refused.isEmpty(), "nobody was told that the disk is full");
  }

  private void requireStored(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      try (ResultSet check = statement.executeQuery("PRAGMA integrity_check")) {
        assertTrue(check.next());
        assertEquals("ok", check.getString(1));
      }
      List<String> stored = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery("SELECT id FROM tasks")) {
        while (rows.next()) {
          stored.add(rows.getString(1));
        }
      }
      assertTrue(stored.containsAll(acknowledged.keySet()), "an acknowledged task is gone");
      refused.forEach(id -> assertFalse(stored.contains(id), id + " was refused"));
    }
  }
}
