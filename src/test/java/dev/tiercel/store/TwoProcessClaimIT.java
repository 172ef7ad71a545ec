package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.BatchResult;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwoProcessClaimIT {
  private static final int TASKS = 10_000;

  @TempDir Path folder;

  @Test
  void twoProcessesOfTenThreadsTakeEachTaskOnce() throws Exception {
    Path file = folder.resolve("tasks.db");
    List<String> ids = IntStream.range(0, TASKS).mapToObj("task-%05d"::formatted).toList();
    try (SqliteTaskRepository tasks = open(file)) {
      BatchResult added =
          tasks.addAll(ids.stream().map(id -> Task.titled("work").withId(id)).toList());
      assertTrue(added.refused().isEmpty());
    }
    List<Process> processes = new ArrayList<>();
    List<String> claimed = new ArrayList<>();
    try {
      for (int i = 0; i < 2; i++) {
        processes.add(start(file, i));
      }
      for (int i = 0; i < 2; i++) {
        Process process = processes.get(i);
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        String errors = Files.readString(errors(i));
        assertTrue(ended, errors);
        assertEquals(0, process.exitValue(), errors);
        assertEquals("", errors);
        claimed.addAll(Files.readAllLines(ids(i)));
      }
    } finally {
      processes.forEach(process -> process.toHandle().destroyForcibly());
    }
    assertEquals(ids, claimed.stream().sorted().toList());
    try (SqliteTaskRepository tasks = open(file)) {
      assertEquals(TASKS, tasks.stats().assigned());
    }
  }

  private static SqliteTaskRepository open(Path file) {
    return SqliteTaskRepository.open(SqliteDatabase.builder(file), false, InstantSource.system());
  }

  private Path ids(int process) {
    return folder.resolve("ids-" + process);
  }

  private Path errors(int process) {
    return folder.resolve("errors-" + process);
  }

  private Process start(Path file, int number) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            ClaimingProcess.class.getName(),
            file.toString(),
            ids(number).toString(),
            "agent-" + number));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(errors(number).toFile())
        .start();
  }
}
