package dev.tiercel.store;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/**
 * Tasks whose texts, priority and time of creation follow from id and revision: computed again,
 * they tell whether a stored one is whole, and on a line the two stand for them all.
 *
 * <p>The id says which thread owns the task, and each thread has a day of creation of its own, so
 * that a claim can be kept to the tasks of its thread.
 */
final class RevisedTask {
  private static final Instant FIRST_DAY = Instant.parse("2024-01-01T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final String NONE = "";

  private RevisedTask() {}

  static String id(int thread, int cycle, int number) {
    return "%d-%03d-%05d".formatted(thread, cycle, number);
  }

  static int thread(String id) {
    return Integer.parseInt(id.substring(0, id.indexOf('-')));
  }

  static TaskFilter ownedBy(int thread) {
    return TaskFilter.NONE.created(day(thread), day(thread + 1));
  }

  private static Instant day(int thread) {
    return FIRST_DAY.plus(DAY.multipliedBy(thread));
  }

  static Task first(String id, int revision) {
    Instant created = day(thread(id)).plusSeconds(Math.floorMod(id.hashCode(), DAY.toSeconds()));
    Task task = new Task(id, id, null, null, created, null, null, 0, created, 0, 0, null);
    return revised(task, revision);
  }

  static Task revised(Task task, int revision) {
    SplittableRandom random = new SplittableRandom(31L * task.id().hashCode() + revision);
    return task.withTitle(task.id() + " r" + revision)
        .withPriority(random.nextInt(10))
        .withDescription(description(random));
  }

  /* Now and then a row spans pages, so that half of one could be there. */
  private static String description(SplittableRandom random) {
    int kind = random.nextInt(10);
    if (kind == 0) {
      return null;
    }
    int length = kind == 1 ? random.nextInt(4_000, 14_000) : random.nextInt(400);
    StringBuilder text = new StringBuilder(length + 20);
    while (text.length() < length) {
      text.append(Long.toString(random.nextLong(), Character.MAX_RADIX)).append('ß');
    }
    return text.toString();
  }

  private static int revision(Task task) {
    return Integer.parseInt(task.title().substring(task.id().length() + 2));
  }

  /** The task as one word. */
  static String word(Task task) {
    return String.join(
        ",",
        task.id(),
        Integer.toString(revision(task)),
        Long.toString(task.version()),
        task.assignedAgentId() == null ? NONE : task.assignedAgentId(),
        time(task.assignedAt()),
        time(task.completedAt()),
        time(task.updatedAt()),
        Long.toString(task.lease()),
        time(task.leaseExpiresAt()));
  }

  private static String time(Instant time) {
    return time == null ? NONE : time.toString();
  }

  static Task parse(String word) {
    String[] part = word.split(",", -1);
    Task texts = first(part[0], Integer.parseInt(part[1]));
    return new Task(
        texts.id(),
        texts.title(),
        texts.description(),
        part[3].equals(NONE) ? null : part[3],
        texts.createdAt(),
        time(part[4]),
        time(part[5]),
        texts.priority(),
        time(part[6]),
        Long.parseLong(part[2]),
        Long.parseLong(part[7]),
        time(part[8]));
  }

  private static Instant time(String text) {
    return text.equals(NONE) ? null : Instant.parse(text);
  }

  /** For a message: what the title says of the revision may be torn, and descriptions are long. */
  static String shown(Task task) {
    if (task == null) {
      return "nothing";
    }
    String description = task.description();
    return task.withDescription(null)
        + " and a description "
        + (description == null
            ? "of null"
            : "of " + description.length() + " characters, hash " + description.hashCode());
  }
}
