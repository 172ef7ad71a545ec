package dev.tiercel.soak;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tasks that count up in their priorities, and what each must show at least: what was acknowledged
 * or seen by anybody before the question. Nobody may be told less, nor what was never written.
 * Thread-safe; each task is written by one thread.
 */
final class Counting {
  static final int TASKS = 64;
  static final int AGENTS = 8;
  static final int EACH = TASKS / AGENTS;

  private final Complaints complaints;
  private final AtomicLongArray known = new AtomicLongArray(TASKS);
  private final AtomicLongArray tried = new AtomicLongArray(TASKS);

  Counting(Complaints complaints) {
    this.complaints = complaints;
  }

  static String id(int i) {
    return "count-" + i;
  }

  static String agent(int i) {
    return "counter-" + i % AGENTS;
  }

  /** Which of them a task is, or -1. */
  static int index(String id) {
    return id.startsWith("count-") ? Integer.parseInt(id.substring(6)) : -1;
  }

  /** Holds the ids in an answer against all those of an agent. */
  static void requireAllOf(int i, Stream<String> ids, String where) {
    List<String> found = ids.sorted().toList();
    List<String> all =
        IntStream.range(0, TASKS)
            .filter(other -> other % AGENTS == i % AGENTS)
            .mapToObj(Counting::id)
            .sorted()
            .toList();
    if (!found.equals(all)) {
      throw new IllegalStateException(where + " found " + found + " and not " + all);
    }
  }

  void fill(TaskRepository tasks) {
    for (int i = 0; i < TASKS; i++) {
      tasks.add(Task.titled("counts").withId(id(i)).withPriority(0).assignedTo(agent(i)));
    }
  }

  /** What each must show to a question that is asked from now on. */
  long[] least() {
    return IntStream.range(0, TASKS).mapToLong(known::get).toArray();
  }

  long least(int i) {
    return known.get(i);
  }

  /** The next number of a task, about to be written. */
  int next(int i) {
    return (int) tried.incrementAndGet(i);
  }

  void complain(String where, Throwable unexpected) {
    complaints.add(where, unexpected);
  }

  void acknowledged(int i, long number) {
    known.accumulateAndGet(i, number, Math::max);
  }

  /** Holds what was told against what must have been. */
  void saw(int i, long least, long number, String where) {
    if (number < least || number > tried.get(i)) {
      complaints.add(
          "%s showed %d of %s, where at least %d was known and %d the last that was written"
              .formatted(where, number, id(i), least, tried.get(i)));
    }
    acknowledged(i, number);
  }

  /** Holds a task against it, if it counts. */
  void saw(Task task, long[] least, String where) {
    int i = index(task.id());
    if (i >= 0) {
      saw(i, least[i], task.priority(), where);
    }
  }
}
