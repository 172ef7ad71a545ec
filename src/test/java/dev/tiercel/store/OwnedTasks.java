package dev.tiercel.store;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The tasks that one {@link KilledThread} writes: it draws what to write next, and foretells how
 * the repository will keep it.
 */
final class OwnedTasks {
  private static final int MANY = 60;

  /** Prune knows no owners: only this thread completes tasks before {@link #PRUNED_BEFORE}. */
  private static final int PRUNER = 0;

  private static final Instant LONG_AGO = Instant.parse("2024-06-01T00:00:00Z");
  static final Instant PRUNED_BEFORE = LONG_AGO.plusSeconds(1);

  private final int thread;
  private final int cycle;
  private final Random random;
  private final Instant now;
  private final Map<String, Task> tasks = new TreeMap<>();
  private int made;

  OwnedTasks(int thread, int cycle, Random random, Instant now, List<Task> found) {
    this.thread = thread;
    this.cycle = cycle;
    this.random = random;
    this.now = now;
    found.forEach(task -> tasks.put(task.id(), task));
  }

  String agent() {
    return "agent-" + thread;
  }

  boolean isCrowded() {
    return tasks.size() > MANY;
  }

  static boolean isLeased(Task task) {
    return task.leaseExpiresAt() != null;
  }

  void take(KillStep done) {
    done.after()
        .forEach(
            (id, task) ->
                task.ifPresentOrElse(each -> tasks.put(id, each), () -> tasks.remove(id)));
  }

  Task fresh() {
    return RevisedTask.first(RevisedTask.id(thread, cycle, made++), random.nextInt(1_000_000));
  }

  List<Task> any(int n, Predicate<Task> which) {
    List<Task> matching = new ArrayList<>(tasks.values().stream().filter(which).toList());
    Collections.shuffle(matching, random);
    return List.copyOf(matching.subList(0, Math.min(n, matching.size())));
  }

  /** Enough of them that it is not crowded any more. */
  List<Task> surplus() {
    return any(tasks.size() - MANY + random.nextInt(MANY), task -> true);
  }

  List<Task> changed(int n) {
    return any(n, task -> true).stream().map(this::changed).toList();
  }

  /** Another revision, and now and then in other hands or done. */
  Task changed(Task task) {
    Task changed = RevisedTask.revised(task, random.nextInt(1_000_000));
    if (changed.completedAt() != null || random.nextBoolean()) {
      return changed;
    }
    if (random.nextInt(3) == 0) {
      return changed.unassigned();
    }
    Instant at = thread == PRUNER ? LONG_AGO : now;
    return changed.assignedTo(agent() + "-saved", at).completed(at);
  }

  /** What a claim takes: what is overdue, the longest first, then the most urgent. */
  List<Task> next(int n) {
    Stream<Task> overdue =
        tasks.values().stream()
            .filter(task -> isLeased(task) && !task.leaseExpiresAt().isAfter(now))
            .sorted(Comparator.comparing(Task::leaseExpiresAt).thenComparing(Task::id));
    Stream<Task> pending =
        tasks.values().stream()
            .filter(task -> task.assignedAgentId() == null && task.completedAt() == null)
            .sorted(TaskOrder.URGENT_FIRST.comparator());
    return Stream.concat(overdue, pending).limit(n).toList();
  }

  List<String> prunable() {
    return tasks.values().stream()
        .filter(task -> LONG_AGO.equals(task.completedAt()))
        .map(Task::id)
        .toList();
  }

  List<Task> stored(List<Task> given) {
    return given.stream().map(this::stored).toList();
  }

  /** The task as the repository keeps it when it writes it. */
  Task stored(Task task) {
    return stored(task, task.assignedAgentId(), task.assignedAt(), task.leaseExpiresAt());
  }

  /** The task as a claim leaves it, but for the number of its lease. */
  Task claimed(Task task, Duration lease) {
    return stored(task, agent(), now, now.plus(lease));
  }

  Task completed(Task task) {
    return stored(task.completed(now));
  }

  private Task stored(Task task, String holder, Instant since, Instant until) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        holder,
        task.createdAt(),
        since,
        task.completedAt(),
        task.priority(),
        now,
        task.version() + 1,
        task.lease(),
        until);
  }
}
