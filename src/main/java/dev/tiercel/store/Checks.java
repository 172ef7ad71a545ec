package dev.tiercel.store;

import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.util.Objects;

/** The ranges of the arguments that are not part of a task or a query. */
final class Checks {
  private static final Duration SHORTEST_LEASE = Duration.ofMillis(1);
  private static final Duration LONGEST_LEASE = Duration.ofDays(366);

  private Checks() {}

  static void batch(String name, int value) {
    if (value < 1 || value > TaskRepository.MAX_BATCH) {
      throw new InvalidValueException(
          name + " is " + value + ", it must be from 1 to " + TaskRepository.MAX_BATCH);
    }
  }

  static void lease(long lease) {
    if (lease <= 0) {
      throw new InvalidValueException(
          "lease is " + lease + "; pass the lease of a task that claim returned");
    }
  }

  static void leaseTime(String name, Duration time) {
    Objects.requireNonNull(time, () -> name + " must not be null");
    if (time.compareTo(SHORTEST_LEASE) < 0 || time.compareTo(LONGEST_LEASE) > 0) {
      throw new InvalidValueException(name + " is " + time + ", it must be from 1 ms to 366 days");
    }
  }

  static void positive(String name, Duration time) {
    Objects.requireNonNull(time, () -> name + " must not be null");
    if (time.isZero() || time.isNegative()) {
      throw new InvalidValueException(name + " is " + time + ", it must be positive");
    }
  }

  /**
   * Whether a task can have an id at all. Text that UTF-8 cannot hold would reach the database as
   * another text, and find another task.
   */
  static boolean isText(String id) {
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == id.length()
            || !Character.isLowSurrogate(id.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  static void page(int page, boolean hasCursor) {
    if (page < 1) {
      throw new InvalidValueException("page is " + page + ", pages are numbered from 1");
    }
    if (hasCursor) {
      throw new InvalidValueException(
          "the query has a cursor; a page by number starts at the first task, use find instead");
    }
  }
}
