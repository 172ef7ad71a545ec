package dev.tiercel.store;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The other JVM of {@link KillIT}: writes from several threads and says so, until it is killed, or
 * until its input ends, when it closes the repository beside the writers.
 */
final class KilledWriter {
  static final int THREADS = 8;
  static final String OPENING = "opening";
  static final String OPEN = "open";
  static final String INTENDED = "intended";
  static final String ACKNOWLEDGED = "acknowledged";
  static final String REFUSED = "refused";
  static final String CLOSING = "closing";
  static final String CLOSED = "closed";

  /** The smallest, so that the log is emptied while it writes. */
  private static final long LOG_BYTES = 1L << 20;

  /**
   * The smallest, so that long transactions spill: the log then holds what is not committed yet.
   */
  private static final long CACHE_BYTES = 64L << 10;

  private static final Instant FIRST_CLOCK = Instant.parse("2025-01-01T00:00:00Z");
  private static final OutputStream LINES = new FileOutputStream(FileDescriptor.out);

  private KilledWriter() {}

  /**
   * Runs the writers.
   *
   * @param arguments the file, the durability, the number of the cycle, the seed, and in which
   *     phase it will be killed
   */
  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    Durability durability = Durability.valueOf(arguments[1]);
    int cycle = Integer.parseInt(arguments[2]);
    long seed = Long.parseLong(arguments[3]);
    if (arguments[4].equals(KillMoment.Phase.OPENING.name())) {
      // What is slow the first time is done before, so that the kill meets the opening.
      open(file.resolveSibling("first-time.db"), durability, clock(cycle)).close();
    }
    say(OPENING);
    SqliteTaskRepository tasks = open(file, durability, clock(cycle));
    say(OPEN);
    Map<Integer, List<Task>> found =
        all(tasks).values().stream()
            .collect(Collectors.groupingBy(task -> RevisedTask.thread(task.id())));
    Thread[] threads = new Thread[THREADS];
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed * THREADS + i);
      var owned =
          new OwnedTasks(
              i, cycle, random, clock(cycle).instant(), found.getOrDefault(i, List.of()));
      threads[i] = new Thread(new KilledThread(i, random, tasks, owned), "writer-" + i);
    }
    for (Thread thread : threads) {
      thread.start();
    }
    while (System.in.read() >= 0) {} // Nobody says anything: only the end counts.
    say(CLOSING);
    tasks.close();
    for (Thread thread : threads) {
      thread.join();
    }
    say(CLOSED);
  }

  static SqliteTaskRepository open(Path file, Durability durability, InstantSource clock) {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(file)
            .durability(durability)
            .walBytes(LOG_BYTES)
            .cacheBytes(CACHE_BYTES),
        false,
        clock);
  }

  /** Stands still within a cycle, so that times can be foretold; leases run out between cycles. */
  static InstantSource clock(int cycle) {
    return InstantSource.fixed(FIRST_CLOCK.plus(Duration.ofDays(cycle)));
  }

  static void say(String... words) throws IOException {
    byte[] line = (String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8);
    synchronized (LINES) {
      LINES.write(line);
    }
  }

  static Map<String, Task> all(SqliteTaskRepository tasks) {
    return tasks.stream(
        TaskQuery.all().limit(1_000),
        all -> all.collect(Collectors.toMap(Task::id, Function.identity())));
  }
}
