package dev.tiercel.powerloss;

import dev.tiercel.task.Task;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Sums up the tasks of each writer in one number, which tells every state from every other. */
final class Rows {
  private final Map<Integer, Long> sums = new TreeMap<>();

  /** The writer of a task, which stands before the first hyphen of its id. */
  static int writer(String id) {
    return Integer.parseInt(id.substring(0, id.indexOf('-')));
  }

  /** What a task adds to the sum. */
  static long value(String id, String title, String description, int priority, String agent) {
    long value = mixed(id, 1);
    value = mixed(title, value);
    value = mixed(Objects.requireNonNullElse(description, "\0"), value);
    value = mixed(Objects.requireNonNullElse(agent, "\0"), value);
    return mixed(value + priority);
  }

  static long value(Task task) {
    return value(
        task.id(), task.title(), task.description(), task.priority(), task.assignedAgentId());
  }

  private static long mixed(String text, long seed) {
    long value = seed;
    for (int i = 0; i < text.length(); i++) {
      value = (value ^ text.charAt(i)) * 0x100000001b3L;
    }
    return mixed(value);
  }

  /* The finalizer of MurmurHash3 (Austin Appleby), as SplitMix64 uses it. */
  private static long mixed(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  void add(String id, long value) {
    sums.merge(writer(id), value, Long::sum);
  }

  void add(Task task) {
    add(task.id(), value(task));
  }

  /** The sum of a writer, 0 if it has no tasks. */
  long sum(int writer) {
    return sums.getOrDefault(writer, 0L);
  }

  /** The sums of writers that have tasks. */
  Map<Integer, Long> sums() {
    return sums;
  }

  @Override
  public String toString() {
    return sums.toString();
  }
}
