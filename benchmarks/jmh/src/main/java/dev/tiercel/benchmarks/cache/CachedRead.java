package dev.tiercel.benchmarks.cache;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A task by its id, and the newest 50 of an agent, that were read before: what a repository with a
 * cache costs on top of a bare one, and what it spares. The queries are made beforehand, because
 * all peers would have to make them.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CachedRead {
  private static final int AGENTS = 400;
  private static final int LIMIT = 50;

  /** Tasks, and everything about them in the cache. */
  @State(Scope.Benchmark)
  public static class Read {
    @Param public ReadPeer peer;

    /** Commits a second, of a task that nobody reads. */
    @Param({"0", "200"})
    public int commits;

    private Path folder;
    private ReadPeer.Subject subject;
    private List<String> ids;
    private List<TaskQuery> queries;
    private Thread writer;
    private volatile boolean over;

    @Setup(Level.Trial)
    public void open() throws IOException {
      folder = Files.createTempDirectory("cached-read");
      Path file = folder.resolve("tasks.db");
      fill(file);
      subject = peer.open(file, AGENTS * LIMIT);
      ids.forEach(subject.single()::answer);
      queries.forEach(subject.pages()::answer);
      if (commits > 0) {
        writer = new Thread(this::write, "writer");
        writer.setDaemon(true);
        writer.start();
      }
    }

    private void fill(Path file) {
      ids = new ArrayList<>();
      queries = new ArrayList<>();
      List<Task> tasks = new ArrayList<>();
      for (int agent = 0; agent < AGENTS; agent++) {
        queries.add(TaskQuery.forAgent("agent-" + agent).limit(LIMIT));
        for (int i = 0; i < LIMIT; i++) {
          Task task = Task.titled("Write report " + i).assignedTo("agent-" + agent);
          tasks.add(task);
          ids.add(task.id());
        }
      }
      try (Tiercel tiercel = Tiercel.builder(file).uncached().build()) {
        tiercel.tasks().addAll(tasks).orThrow();
      }
      Collections.shuffle(ids, new Random(7));
      Collections.shuffle(queries, new Random(7));
    }

    private void write() {
      Task task = subject.tasks().add(Task.titled("Written by nobody's agent"));
      long pause = TimeUnit.SECONDS.toNanos(1) / commits;
      long next = System.nanoTime();
      while (!over) {
        task = subject.tasks().save(task.withPriority(task.priority() + 1));
        next += pause;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException, InterruptedException {
      over = true;
      if (writer != null) {
        writer.join();
      }
      subject.tiercel().close();
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Where a thread is. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    <T> T take(List<T> all) {
      next = next + 1 < all.size() ? next + 1 : 0;
      return all.get(next);
    }
  }

  @Benchmark
  public Optional<Task> byId(Read read, Turn turn) {
    return read.subject.single().answer(turn.take(read.ids));
  }

  @Benchmark
  public Page<Task> listOf50(Read read, Turn turn) {
    return read.subject.pages().answer(turn.take(read.queries));
  }
}
