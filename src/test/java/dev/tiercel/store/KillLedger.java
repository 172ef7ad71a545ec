package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.tiercel.task.Task;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Knows from the lines of the writers what a database must hold, and what it may hold: every
 * acknowledged write, and of each thread's write under way all or nothing.
 *
 * <p>Used by one thread.
 */
final class KillLedger {
  private final Map<String, Task> kept = new TreeMap<>();
  private final Set<String> deleted = new HashSet<>();
  private final Map<Integer, UnderWay> underWay = new TreeMap<>();
  private final Set<Long> leases = new HashSet<>();
  private long highestLease;

  /** A write, and the highest lease that was acknowledged before it began. */
  private record UnderWay(KillStep step, long leaseBefore) {}

  void intended(KillStep step) {
    UnderWay before = underWay.put(step.thread(), new UnderWay(step, highestLease));
    assertNull(before, () -> "thread " + step.thread() + " began a write inside " + before);
  }

  /** Takes the write as done; the lease counts only if it drew one. */
  void acknowledged(int thread, long lease) {
    UnderWay done = ended(thread);
    if (done.step().drawsLease()) {
      drawn(lease, done);
    }
    apply(done.step().under(lease));
  }

  /** Takes the write as not done: the repository said that nothing was written. */
  void refused(int thread) {
    ended(thread);
  }

  private UnderWay ended(int thread) {
    UnderWay write = underWay.remove(thread);
    assertNotNull(write, () -> "thread " + thread + " was answered without a write");
    return write;
  }

  private void drawn(long lease, UnderWay by) {
    assertTrue(
        lease > by.leaseBefore(),
        () ->
            "the %s of thread %d drew lease %d; expected more than %d, which was acknowledged before"
                .formatted(by.step().kind(), by.step().thread(), lease, by.leaseBefore()));
    drawn(lease);
  }

  /** Takes note of a lease, which nobody may have drawn before. */
  void drawn(long lease) {
    assertTrue(leases.add(lease), () -> "lease " + lease + " was drawn twice");
    highestLease = Math.max(highestLease, lease);
  }

  /** The highest lease known to be drawn: the next one must be higher. */
  long highestLease() {
    return highestLease;
  }

  private void apply(KillStep step) {
    step.after()
        .forEach(
            (id, task) ->
                task.ifPresentOrElse(
                    stored -> kept.put(id, stored),
                    () -> {
                      kept.remove(id);
                      deleted.add(id);
                    }));
  }

  /** Insists that the database holds what it must; afterwards no write is under way any more. */
  void check(Map<String, Task> found) {
    underWay.values().forEach(write -> settle(write, found));
    underWay.clear();
    Set<String> ids = new TreeSet<>(kept.keySet());
    ids.addAll(found.keySet());
    for (String id : ids) {
      Task expected = kept.get(id);
      Task stored = found.get(id);
      if (stored == null || !stored.equals(expected)) {
        String what =
            expected != null
                ? stored == null ? "lost" : "not as it was acknowledged"
                : deleted.contains(id) ? "back although its deletion was acknowledged" : "unknown";
        fail(
            "task %s is %s%n  expected %s%n  found    %s"
                .formatted(id, what, RevisedTask.shown(expected), RevisedTask.shown(stored)));
      }
    }
  }

  private void settle(UnderWay write, Map<String, Task> found) {
    Set<String> ids = write.step().after().keySet();
    long lease =
        ids.stream()
            .map(found::get)
            .mapToLong(task -> task == null ? 0 : task.lease())
            .max()
            .orElse(0);
    KillStep done = write.step().under(lease);
    long there = ids.stream().filter(id -> holds(found, id, done.after().get(id))).count();
    if (there == ids.size()) {
      if (done.drawsLease()) {
        drawn(lease, write);
      }
      apply(done);
      return;
    }
    long untouched =
        ids.stream().filter(id -> holds(found, id, Optional.ofNullable(kept.get(id)))).count();
    if (untouched < ids.size()) {
      fail(torn(done, found, there, untouched));
    }
  }

  private static boolean holds(Map<String, Task> found, String id, Optional<Task> expected) {
    return Optional.ofNullable(found.get(id)).equals(expected);
  }

  private String torn(KillStep step, Map<String, Task> found, long there, long untouched) {
    StringBuilder text = new StringBuilder();
    text.append(
        "the unacknowledged %s of thread %d must be there as a whole or not at all; of its %d tasks %d are as after it, %d as before it"
            .formatted(step.kind(), step.thread(), step.after().size(), there, untouched));
    step.after()
        .forEach(
            (id, after) ->
                text.append(
                    "%n%s%n  expected %s%n  or       %s%n  found    %s"
                        .formatted(
                            id,
                            RevisedTask.shown(after.orElse(null)),
                            RevisedTask.shown(kept.get(id)),
                            RevisedTask.shown(found.get(id)))));
    return text.toString();
  }
}
