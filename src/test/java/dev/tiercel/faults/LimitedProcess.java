package dev.tiercel.faults;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.task.UnknownOutcomeException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The other JVM of {@link FileSizeLimitIT}, no file of which may grow beyond a limit: adds some
 * tasks and reads more lists of them than the tiers have room for; adds until none is taken any
 * more, and reads those that were; says so; then once more from the start.
 */
final class LimitedProcess {
  private static final int SESSIONS = 3;
  private static final int IN_A_ROW = 20;
  private static final int LISTS = 30;
  private static final int TASK_BYTES = 12_000;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final Path folder;
  private final PrintStream out;
  private final List<Task> acknowledged = new ArrayList<>();
  private int number;

  private LimitedProcess(Path folder, PrintStream out) {
    this.folder = folder;
    this.out = out;
  }

  static Tiercel open(Path folder) {
    return Tiercel.builder(folder.resolve("tasks.db"))
        .readers(1)
        .sqliteTier(folder.resolve("cache.db"), 64 << 20)
        .fileTier(folder.resolve("segments"), 64 << 20)
        .build();
  }

  public static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    var process = new LimitedProcess(Path.of(arguments[0]), out);
    for (int i = 0; i < SESSIONS; i++) {
      process.session();
    }
    out.println("end");
    out.flush();
  }

  private void session() throws InterruptedException {
    Tiercel tiercel;
    try {
      tiercel = open(folder);
    } catch (TaskRepositoryException e) {
      out.println("refused opening " + one(e));
      readWithoutCache();
      return;
    }
    TaskRepository tasks = tiercel.tasks();
    for (int i = 0; i < LISTS; i++) {
      add(tasks);
    }
    // After an outcome that is unknown nothing is cached: now is the time to fill the tiers.
    for (int n = 1; n <= LISTS; n++) {
      list(tasks, n);
      tiercel.cache().flush(LONG);
    }
    for (int refused = 0; refused < IN_A_ROW; ) {
      refused = add(tasks) ? 0 : refused + 1;
    }
    read(tasks);
    tiercel.cache().tierStats().forEach(tier -> out.println("failures " + tier.failures()));
    try {
      tiercel.close();
    } catch (RuntimeException e) {
      out.println("closing " + one(e));
    }
  }

  /* The ledger of a cache writes a row when it is opened; those who only read need none. */
  private void readWithoutCache() {
    Tiercel tiercel = Tiercel.builder(folder.resolve("tasks.db")).uncached().build();
    read(tiercel.tasks());
    try {
      tiercel.close();
    } catch (RuntimeException e) {
      out.println("closing " + one(e));
    }
  }

  private void read(TaskRepository tasks) {
    for (Task task : acknowledged) {
      Optional<Task> found = tasks.findById(task.id());
      if (!found.equals(Optional.of(task))) {
        out.println("wrong " + task.id());
      }
    }
    for (int n = 1; n <= LISTS; n++) {
      list(tasks, n);
    }
  }

  private void list(TaskRepository tasks, int n) {
    if (tasks.findAll(n).size() < Math.min(n, acknowledged.size())) {
      out.println("wrong list of " + n);
    }
  }

  private boolean add(TaskRepository tasks) {
    Task task = Task.titled("work").withId("t" + number++).withDescription("x".repeat(TASK_BYTES));
    try {
      acknowledged.add(tasks.add(task));
      out.println("acknowledged " + task.id());
      return true;
    } catch (UnknownOutcomeException e) {
      out.println("unknown " + task.id() + " " + one(e));
    } catch (TaskRepositoryException e) {
      out.println("refused " + task.id() + " " + one(e));
    }
    return false;
  }

  private static String one(Throwable e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
