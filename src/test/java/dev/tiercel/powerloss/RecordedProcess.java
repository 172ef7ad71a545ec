package dev.tiercel.powerloss;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The other JVM of a {@link Recorder}: carries out a {@link Workload}, opening and closing. */
final class RecordedProcess {
  private static final int SESSIONS = 4;
  private static final List<String> CHECKPOINTS = List.of("PASSIVE", "FULL", "RESTART", "TRUNCATE");

  private final Path folder;
  private final Workload workload;
  private final long seed;
  private final int operations;
  private final Notes notes;
  private final Random random;
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  private RecordedProcess(Path folder, Workload workload, long seed, int operations)
      throws Exception {
    this.folder = folder;
    this.workload = workload;
    this.seed = seed;
    this.operations = operations;
    notes = new Notes(folder);
    random = new Random(seed);
  }

  /**
   * Runs a workload.
   *
   * @param arguments the folder, the workload, the seed, how many writes in all
   */
  public static void main(String[] arguments) throws Exception {
    Workload workload = Workload.valueOf(arguments[1]);
    long seed = Long.parseLong(arguments[2]);
    int operations = Integer.parseInt(arguments[3]);
    new RecordedProcess(Path.of(arguments[0]), workload, seed, operations).run();
  }

  private void run() throws Exception {
    if (workload == Workload.TIERS) {
      new TierWriter(folder, random).run(operations);
      return;
    }
    if (workload == Workload.LEGACY) {
      LegacyTable.create(folder, random, notes);
      notes.say(LegacyTable.MADE);
    }
    for (int session = 0; session < SESSIONS; session++) {
      try (Tiercel tiercel = workload.open(folder)) {
        use(tiercel, session);
      }
      notes.say("closed");
    }
  }

  private void use(Tiercel tiercel, int session) throws Exception {
    Map<Integer, List<Task>> found =
        tiercel.tasks().stream(
            TaskQuery.all(),
            all -> all.collect(Collectors.groupingBy(task -> Rows.writer(task.id()))));
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < workload.writers; i++) {
      var writer =
          new TaskWriter(
              i,
              "%x.%d".formatted(seed, session),
              new Random(seed + 31L * session + i),
              tiercel.tasks(),
              notes,
              found.getOrDefault(i, List.of()));
      int times = operations / SESSIONS / workload.writers;
      threads.add(thread("writer-" + i, () -> writer.run(times)));
    }
    if (workload.cached) {
      TaskReader reader = new TaskReader(tiercel, new Random(seed + session));
      Thread reading = thread("reader", reader);
      join(threads);
      reader.end();
      join(List.of(reading));
    } else if (workload == Workload.GROUPS && random.nextBoolean()) {
      backUp(tiercel, "backup-%x-%d.db".formatted(seed, session));
    } else {
      checkpoint(threads);
    }
    join(threads);
  }

  private void backUp(Tiercel tiercel, String name) {
    notes.say("copying " + name);
    tiercel.backup(folder.resolve(name));
    notes.say("copied " + name);
  }

  /* As another process would: emptying the log is what a crash may meet in the most ways. */
  private void checkpoint(List<Thread> writers) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(Workload.DATABASE));
        Statement statement = connection.createStatement()) {
      while (writers.stream().anyMatch(Thread::isAlive)) {
        String mode = CHECKPOINTS.get(random.nextInt(CHECKPOINTS.size()));
        statement.execute("PRAGMA wal_checkpoint(" + mode + ")");
        statement.execute("SELECT count(*) FROM tasks");
      }
    }
  }

  private Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setUncaughtExceptionHandler((which, e) -> failure.compareAndSet(null, e));
    thread.start();
    return thread;
  }

  private void join(List<Thread> threads) throws Exception {
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new IllegalStateException("a thread failed", failure.get());
    }
  }
}
