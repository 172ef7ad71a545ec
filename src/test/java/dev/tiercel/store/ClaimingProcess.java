package dev.tiercel.store;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The other JVM of {@link TwoProcessClaimIT}: claims until nothing is left, notes the ids. */
final class ClaimingProcess {
  static final int THREADS = 10;

  private ClaimingProcess() {}

  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<String> ids = new ArrayList<>();
    try (SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(Path.of(arguments[0])), false, InstantSource.system())) {
      List<Callable<List<String>>> agents = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        String agent = arguments[2] + "-" + i;
        agents.add(() -> claimAll(tasks, agent));
      }
      for (Future<List<String>> claimed : threads.invokeAll(agents)) {
        ids.addAll(claimed.get());
      }
    } finally {
      threads.shutdown();
    }
    Files.write(Path.of(arguments[1]), ids);
  }

  private static List<String> claimAll(SqliteTaskRepository tasks, String agent) {
    List<String> ids = new ArrayList<>();
    while (true) {
      List<Task> claimed = tasks.claim(agent, 7, Duration.ofHours(1));
      if (claimed.isEmpty()) {
        return ids;
      }
      claimed.forEach(task -> ids.add(task.id()));
    }
  }
}
