package dev.tiercel.soak;

import dev.tiercel.Tiercel;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The mixed load: who does what, how many of each, and what they know beyond a reopening. */
final class Load implements AutoCloseable {
  private static final int ROWS = 20_000;
  private static final int PENDING = 1_000;
  private static final int LOGGING = 35_000; // More than three commits each time.
  /* On a slow machine a backup may be interrupted in the middle of it again and again. */
  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

  final Complaints complaints = new Complaints();
  final Done done = new Done();
  private final Counting counting = new Counting(complaints);
  private final Population population = new Population();
  private final Claiming.Held held = new Claiming.Held();
  private final List<Churn> churns =
      List.of(new Churn("churner-0", population), new Churn("churner-1", population));
  private final List<Claiming> claims =
      List.of(
          new Claiming("worker-0", held, population, complaints),
          new Claiming("worker-1", held, population, complaints));
  private final ExecutorService httpThreads = Executors.newFixedThreadPool(2);
  private final HttpClient http = HttpClient.newBuilder().executor(httpThreads).build();
  private final Path folder;
  private final Beside beside;
  private final long seed;
  private final List<Worker> workers = new ArrayList<>();
  private CountDownLatch stopping = new CountDownLatch(1);
  private long startedNanos;

  Load(Path folder, long seed) {
    this.folder = folder;
    this.seed = seed;
    this.beside = new Beside(folder.resolve("beside"), complaints, done);
  }

  /**
   * Makes the tasks; and as many commits as the log keeps, of the kind that follow, else it would
   * grow all the while.
   */
  void fill(boolean isLogFull) {
    Random random = new Random(seed);
    try (Tiercel tiercel =
        Tiercel.builder(folder.resolve("tasks.db")).durability(Durability.NORMAL).build()) {
      TaskRepository tasks = tiercel.tasks();
      counting.fill(tasks);
      for (int done = 0; done < ROWS; done += 1_000) {
        boolean isPending = done < PENDING;
        List<Task> next =
            IntStream.range(0, 1_000)
                .mapToObj(i -> population.nextId())
                .map(id -> isPending ? Claiming.pending(id) : Churn.some(id, random))
                .toList();
        tasks.addAll(next).orThrow().forEach(task -> population.isThere(task.id()));
      }
      for (int i = 0; isLogFull && i < LOGGING; i++) {
        churns.get(i % 2).step(tasks, random);
      }
    }
  }

  /** Sets everybody to work on an open stack. */
  void start(Stack stack, int round) {
    stopping = new CountDownLatch(1);
    TaskRepository tasks = stack.tiercel.tasks();
    Reading reading = new Reading(stack, counting, done);
    Clients clients = new Clients(http, stack, counting, done);
    Nuisance nuisance = new Nuisance(stack, folder);
    for (int i = 0; i < 3; i++) {
      add("reader-" + i, reading::step, round, 0);
    }
    for (int i = 0; i < Writing.WRITERS; i++) {
      add("writer-" + i, new Writing(stack, counting, i)::step, round, 1);
      Churn churn = churns.get(i);
      add("churner-" + i, random -> churn.step(tasks, random), round, 1);
      Claiming claim = claims.get(i);
      add("claimer-" + i, random -> claim.step(tasks, random), round, 1);
      add("client-" + i, clients::step, round, 0);
      add("lender-" + i, new Lending(stack)::step, round, 1);
      add("beside-" + i, beside::step, round, 0);
    }
    add("later", reading::laterStep, round, 0);
    add("hanger-up", clients::hangUp, round, 20);
    add("invalidator", nuisance::invalidate, round, 50);
    add("backup", new Backups(stack, counting, done, folder)::step, round, 2_000);
    List<Worker> mayBeDisturbed = List.copyOf(workers);
    add("damage", nuisance::damage, round, 8_000);
    add("breaker", random -> beside.breakOrMend(random.nextInt(3) == 0), round, 1_500);
    add(
        "disturber",
        random -> mayBeDisturbed.get(random.nextInt(mayBeDisturbed.size())).disturb(),
        round,
        50);
    startedNanos = System.nanoTime();
    workers.forEach(Thread::start);
  }

  private void add(String name, Worker.Step step, int round, long pauseMillis) {
    long dice = seed + 1_000L * round + workers.size();
    workers.add(new Worker(name, step, dice, complaints, done, stopping, pauseMillis));
  }

  /** Stops them, and knows them no more; says what they did. */
  String stop() throws InterruptedException {
    stopping.countDown();
    boolean wasLong = System.nanoTime() - startedNanos > LONG_NANOS;
    StringBuilder report = new StringBuilder();
    for (Worker worker : workers) {
      worker.join(TimeUnit.MINUTES.toMillis(2));
      if (worker.isAlive()) {
        Throwable where = new Throwable("where it is");
        where.setStackTrace(worker.getStackTrace());
        complaints.add(worker.getName() + " does not end", where);
      }
      if (wasLong && worker.steps() == 0) {
        complaints.add(worker.getName() + " did nothing in a whole opening");
      }
      done.steps(worker.getName(), worker.steps());
      report.append(report.isEmpty() ? "" : ", ").append(worker.report());
    }
    workers.clear(); // What they do holds the stack, which is to be closed.
    return report + "; " + done;
  }

  /** Holds the file, which nobody has open, against all that was acknowledged. */
  void checkWhatIsStored() throws Exception {
    Set<String> stored =
        Backups.check(folder.resolve("tasks.db"), counting, counting.least(), "the file");
    population.wrong(stored).forEach(complaints::add);
  }

  @Override
  public void close() {
    beside.close();
    httpThreads.shutdownNow();
  }
}
