package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While another process keeps the write lock, writers are told so in time and readers read. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LockedElsewhereIT {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int WRITERS = 6;

  @TempDir Path folder;
  private SqliteTaskRepository tasks;
  private Task held;
  private Task done;
  private Process process;
  private BufferedReader says;

  @BeforeEach
  void openAndLockElsewhere() throws IOException {
    // One reader: a connection that is not given back is missed at once.
    tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(folder.resolve("tasks.db"))
                .readers(1)
                .busyTimeout(Duration.ofMillis(250)),
            false,
            InstantSource.system());
    tasks.add(Task.titled("held").withId("held"));
    held = tasks.claim("agent", 1, HOUR).get(0);
    tasks.add(Task.titled("open").withId("open"));
    done = tasks.save(Task.titled("done").withId("done").assignedTo("agent").completed());
    lockElsewhere();
  }

  private void lockElsewhere() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(LockingProcess.class.getName(), folder.resolve("tasks.db").toString()));
    process = new ProcessBuilder(command).redirectError(errors().toFile()).start();
    says =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    requireSaid("held");
  }

  private Path errors() {
    return folder.resolve("errors");
  }

  private void requireSaid(String word) throws IOException {
    assertEquals(word, says.readLine(), Files.readString(errors()));
  }

  private void letGo() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    requireSaid("let go");
  }

  @AfterEach
  void stop() {
    tasks.close();
    if (process != null) {
      process.toHandle().destroyForcibly();
    }
  }

  @Test
  void everyKindOfWriteIsToldAndNothingIsWritten() throws IOException {
    Map<String, Consumer<TaskRepository>> writes = new LinkedHashMap<>();
    writes.put("add", to -> to.add(Task.titled("new")));
    writes.put("addAll", to -> to.addAll(List.of(Task.titled("a"), Task.titled("b"))));
    writes.put("save", to -> to.save(done.withTitle("changed")));
    writes.put("claim", to -> to.claim("other", 1, HOUR));
    writes.put("renewLease", to -> to.renewLease("held", held.lease(), HOUR));
    writes.put("complete", to -> to.complete("held", held.lease()));
    writes.put("release", to -> to.release("held", held.lease()));
    writes.put("delete", to -> to.delete("open"));
    writes.put("prune", to -> to.prune(Instant.parse("9000-01-01T00:00:00Z"), 10));
    writes.put("inTransaction", to -> to.inTransaction(tx -> tx.add(Task.titled("inside"))));
    List<Task> before = tasks.findAll();
    writes.forEach(
        (name, write) -> {
          assertThrows(RepositoryBusyException.class, () -> write.accept(tasks), name);
          assertEquals(before, tasks.findAll(), "read after " + name);
        });
    letGo();
    assertEquals(before, tasks.findAll());
    assertEquals(1, tasks.claim("other", 1, HOUR).size());
    writes.remove("claim");
    writes.remove("release"); // It was completed by then.
    writes.forEach((name, write) -> write.accept(tasks));
    assertEquals(
        4, tasks.count(TaskQuery.all()), "four are new, what was there is deleted or pruned");
  }

  @Test
  void aGroupIsToldAsOne() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
    try {
      CyclicBarrier start = new CyclicBarrier(WRITERS);
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        Task own = Task.titled("group").withId("group-" + i);
        writers.add(
            () -> {
              start.await(1, TimeUnit.MINUTES);
              assertThrows(RepositoryBusyException.class, () -> tasks.add(own), own.id());
              return true;
            });
      }
      for (Future<Boolean> writer : threads.invokeAll(writers)) {
        assertTrue(writer.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(3, tasks.count(TaskQuery.all()));
    letGo();
    tasks.add(Task.titled("next").withId("next"));
    assertEquals(4, tasks.count(TaskQuery.all()), "the group was told that nothing was written");
  }
}
