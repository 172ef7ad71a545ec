package dev.tiercel.faults;

import dev.tiercel.Tiercel;
import dev.tiercel.faults.Worlds.Change;
import dev.tiercel.faults.Worlds.Seen;
import dev.tiercel.task.BatchResult;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.task.TaskStatus;
import dev.tiercel.task.UnknownOutcomeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One life of a stack while a call of the operating system fails: opened, used and closed, opened
 * again, used and closed; then looked through when all calls go well again.
 */
final class FaultRun {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long MUCH = 1 << 20;
  private static final List<String> IDS = List.of("t1", "t2", "t3", "t4", "t5", "t6");
  private static final TaskQuery PENDING = TaskQuery.pending().limit(20);
  private static final TaskQuery OF_AGENT = TaskQuery.forAgent("agent").limit(20);
  private static final Comparator<Seen> URGENT_FIRST =
      Comparator.comparing((Seen task) -> -task.priority()).thenComparing(Seen::id);

  private final Fault fault;
  private final FaultSwitch faults;
  private final FaultyStack stack;
  private final Worlds worlds = new Worlds();
  private final Set<Thread> before = OpenFiles.threads();
  private @Nullable Path copied;

  FaultRun(Path folder, Fault fault, FaultSwitch faults) throws IOException {
    this.fault = fault;
    this.faults = faults;
    stack = new FaultyStack(folder, fault);
  }

  /** Returns how many calls failed. */
  int run() throws Exception {
    faults.arm(fault);
    try {
      session(this::first, MUCH);
      session(this::second, 1);
    } finally {
      faults.disarm();
    }
    int failed = faults.failed();
    if (fault.times() == 1 && stack.refusals() > 1) {
      throw new AssertionError("one call failed, but " + stack.refusals() + " times it was told");
    }
    last();
    return failed;
  }

  private interface Session {
    void use(Tiercel open) throws Exception;
  }

  private void session(Session use, long memory) throws Exception {
    Tiercel open = stack.open(memory);
    for (int i = 0; open == null && i < 2; i++) {
      requireNothingLeft("after it was not opened");
      open = i == 0 ? stack.open(memory) : stack.openUncached();
    }
    if (open == null) {
      requireNothingLeft("after it was not opened");
      return;
    }
    try {
      use.use(open);
    } finally {
      stack.close(open);
    }
    requireNothingLeft("after it was closed");
  }

  private void requireNothingLeft(String when) throws Exception {
    List<String> running = OpenFiles.threadsBeside(before);
    List<String> open = stack.leftOpen();
    if (!running.isEmpty() || !open.isEmpty()) {
      throw new AssertionError(when + ", files " + open + " and threads " + running + " are left");
    }
  }

  private void first(Tiercel open) throws Exception {
    TaskRepository tasks = open.tasks();
    store("add t1", () -> tasks.add(task("t1", 5)));
    store("save t2", () -> tasks.save(task("t2", 4).withDescription("x".repeat(6_000))));
    storeAll("add t3 and t4", () -> addTwo(tasks));
    read(tasks);
    flush(open);
    read(tasks);
    List<Task> claimed =
        write(
            "claim",
            () -> tasks.claim("agent", 1, LONG),
            found -> world -> claim(world).equals(Seen.of(found)),
            world -> !claim(world).isEmpty());
    if (claimed != null && !claimed.isEmpty()) {
      Task task = claimed.get(0);
      store("complete", () -> tasks.complete(task.id(), task.lease()));
    }
    write("transaction", () -> tasks.inTransaction(this::two), done -> two(), two());
    write("delete t4", () -> tasks.delete("t4"), gone -> delete(gone), delete(true));
    read(tasks);
    flush(open);
    read(tasks);
    backup(open);
  }

  private void second(Tiercel open) throws Exception {
    TaskRepository tasks = open.tasks();
    read(tasks);
    Task found = ask("find t3", tasks, repository -> repository.findById("t3").orElse(null));
    if (found != null) {
      store("save t3", () -> tasks.save(found.withTitle("third")));
    }
    read(tasks);
    flush(open);
    read(tasks);
  }

  /* Nothing fails any more. */
  private void last() throws Exception {
    worlds.reopened();
    Tiercel cached = require(stack.open(MUCH));
    int refusals = stack.refusals();
    read(cached.tasks());
    store("add t6", () -> cached.tasks().save(task("t6", 1)));
    read(cached.tasks());
    flush(cached);
    stack.close(cached);
    requireIntegrity(stack.database());
    if (copied != null) {
      requireIntegrity(copied);
    }
    Tiercel uncached = require(stack.openUncached());
    read(uncached.tasks());
    stack.close(uncached);
    requireNothingLeft("at the end");
    if (stack.refusals() != refusals) {
      throw new AssertionError("something is refused although nothing fails any more");
    }
  }

  private static Tiercel require(@Nullable Tiercel open) {
    if (open == null) {
      throw new AssertionError("it is not opened although nothing fails any more");
    }
    return open;
  }

  private static Task task(String id, int priority) {
    return Task.titled("task " + id).withId(id).withPriority(priority);
  }

  private void store(String doing, Supplier<Task> call) {
    storeAll(doing, () -> List.of(call.get()));
  }

  /* What is stored is known only when it was; before, it is told from the name of the write. */
  private void storeAll(String doing, Supplier<List<Task>> call) {
    write(doing, call, stored -> world -> put(world, Seen.of(stored)), world -> put(world, doing));
  }

  private List<Task> addTwo(TaskRepository tasks) {
    BatchResult result = tasks.addAll(List.of(task("t3", 3), task("t4", 2)));
    result.refused().forEach(one -> stack.refused("add " + one.task().id(), one.reason()));
    return result.stored();
  }

  private static boolean put(Map<String, Seen> world, List<Seen> stored) {
    stored.forEach(task -> world.put(task.id(), task));
    return true;
  }

  private static boolean put(Map<String, Seen> world, String doing) {
    switch (doing) {
      case "add t1" -> put(world, added(task("t1", 5)));
      case "save t2" -> put(world, added(task("t2", 4).withDescription("x".repeat(6_000))));
      case "add t3 and t4" -> {
        put(world, added(task("t3", 3)));
        put(world, added(task("t4", 2)));
      }
      case "complete" ->
          world.replaceAll(
              (id, task) ->
                  task.status() == TaskStatus.ASSIGNED
                      ? task.as("agent", TaskStatus.COMPLETED)
                      : task);
      case "save t3" -> world.computeIfPresent("t3", (id, task) -> task.retitled("third"));
      case "add t6" -> put(world, added(task("t6", 1)));
      default -> throw new IllegalArgumentException(doing);
    }
    return true;
  }

  private static List<Seen> added(Task task) {
    Seen seen = Seen.of(task);
    return List.of(
        new Seen(
            seen.id(),
            seen.title(),
            seen.priority(),
            1,
            seen.agent(),
            seen.status(),
            seen.described()));
  }

  private static List<Seen> pending(Map<String, Seen> world) {
    return world.values().stream()
        .filter(task -> task.status() == TaskStatus.PENDING)
        .sorted(URGENT_FIRST)
        .toList();
  }

  private static List<Seen> claim(Map<String, Seen> world) {
    List<Seen> claimed =
        pending(world).stream()
            .limit(1)
            .map(task -> task.as("agent", TaskStatus.ASSIGNED))
            .toList();
    put(world, claimed);
    return claimed;
  }

  private boolean two(TaskRepository transaction) {
    transaction.add(task("t5", 3));
    transaction.findById("t2").ifPresent(task -> transaction.save(task.withTitle("second")));
    return true;
  }

  private static Change two() {
    return world -> {
      put(world, added(task("t5", 3)));
      world.computeIfPresent("t2", (id, task) -> task.retitled("second"));
      return true;
    };
  }

  private static Change delete(boolean gone) {
    return world -> (world.remove("t4") != null) == gone;
  }

  private <T> @Nullable T write(
      String doing, Supplier<T> call, Function<T, Change> done, Change maybe) {
    T result;
    try {
      result = call.get();
    } catch (UnknownOutcomeException e) {
      stack.refused(doing, e);
      worlds.mayHaveHappened(maybe);
      return null;
    } catch (TaskRepositoryException e) {
      stack.refused(doing, e);
      return null;
    }
    if (!worlds.happened(done.apply(result))) {
      throw new AssertionError(doing + " gave " + result + ", which cannot be");
    }
    return result;
  }

  private void read(TaskRepository tasks) {
    for (int again = 0; again < 2; again++) {
      for (String id : IDS) {
        read(
            "find " + id,
            tasks,
            repository -> repository.findById(id).map(Seen::of).stream().toList(),
            world -> world.containsKey(id) ? List.of(world.get(id)) : List.of());
      }
      read("list pending", tasks, list(PENDING), FaultRun::pending);
      read(
          "list by agent",
          tasks,
          list(OF_AGENT),
          world -> world.values().stream().filter(task -> task.agent().equals("agent")).toList());
    }
  }

  private static Function<TaskRepository, List<Seen>> list(TaskQuery query) {
    return repository -> Seen.of(repository.find(query).items());
  }

  private void read(
      String doing,
      TaskRepository tasks,
      Function<TaskRepository, List<Seen>> call,
      Function<Map<String, Seen>, List<Seen>> expected) {
    List<Seen> answer = ask(doing, tasks, call);
    if (answer != null && !worlds.explain(world -> expected.apply(world).equals(answer))) {
      throw new AssertionError(doing + " gave " + answer + " and not what is in " + worlds);
    }
  }

  private <T> @Nullable T ask(
      String doing, TaskRepository tasks, Function<TaskRepository, @Nullable T> call) {
    try {
      return call.apply(tasks);
    } catch (TaskRepositoryException e) {
      stack.refused(doing, e);
      return null;
    }
  }

  private static void flush(Tiercel open) throws InterruptedException {
    try {
      if (!open.cache().flush(LONG)) {
        throw new AssertionError("what was cached is not written after " + LONG);
      }
    } catch (IllegalStateException e) {
      // It was opened without a cache.
    }
  }

  private void backup(Tiercel open) throws Exception {
    Path copy = stack.database().resolveSibling("backup.db");
    try {
      open.backup(copy);
    } catch (TaskRepositoryException e) {
      stack.refused("backup", e);
      if (Files.exists(copy)) {
        throw new AssertionError("a backup is there that was not made: " + e, e);
      }
      return;
    }
    copied = copy;
  }

  private static void requireIntegrity(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      if (!row.next() || !row.getString(1).equals("ok")) {
        throw new AssertionError(file + " is damaged: " + row.getString(1));
      }
    }
  }
}
