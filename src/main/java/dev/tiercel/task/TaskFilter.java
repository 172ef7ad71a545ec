package dev.tiercel.task;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that narrow a listing or a claim without choosing its path: they are tested on each
 * task that the chosen order meets, so a filter that matches rarely makes the walk long.
 *
 * @param createdFrom the earliest time of creation, inclusive, or null for any
 * @param createdBefore the time of creation that is too late, exclusive, or null for any
 * @param minPriority the lowest priority, or null for any
 * @param text what the title or the description contains, letters A to Z in either case, or null
 *     for any; at most {@value #MAX_TEXT_LENGTH} characters
 */
public record TaskFilter(
    @Nullable Instant createdFrom,
    @Nullable Instant createdBefore,
    @Nullable Integer minPriority,
    @Nullable String text) {

  /** The longest text to look for, in UTF-16 characters. */
  public static final int MAX_TEXT_LENGTH = 1_000;

  /** Lets every task through. */
  public static final TaskFilter NONE = new TaskFilter(null, null, null, null);

  /**
   * Creates a filter from all its conditions; usually {@link #NONE} and the methods below read
   * better.
   *
   * @throws InvalidValueException if a time is out of a task's range, or the text is empty, too
   *     long or not clean
   */
  public TaskFilter {
    createdFrom = FieldRules.bound("createdFrom", createdFrom);
    createdBefore = FieldRules.bound("createdBefore", createdBefore);
    if (text != null) {
      FieldRules.freeText("text", text, MAX_TEXT_LENGTH);
      if (text.isEmpty()) {
        throw new InvalidValueException("text is empty; leave it out to match every task");
      }
    }
  }

  /**
   * Narrows to tasks created in a range of time.
   *
   * @param from the earliest time, inclusive
   * @param before the time that is too late, exclusive
   * @return the narrower filter
   * @throws InvalidValueException if a time is out of range or {@code before} is not after {@code
   *     from}
   */
  public TaskFilter created(Instant from, Instant before) {
    if (!before.isAfter(from)) {
      throw new InvalidValueException("the range from " + from + " to " + before + " is empty");
    }
    return new TaskFilter(from, before, minPriority, text);
  }

  /**
   * Narrows to tasks of at least a priority.
   *
   * @param lowest the lowest priority that is let through
   * @return the narrower filter
   */
  public TaskFilter atLeast(int lowest) {
    return new TaskFilter(createdFrom, createdBefore, lowest, text);
  }

  /**
   * Narrows to tasks that contain a text.
   *
   * @param wanted what title or description contains
   * @return the narrower filter
   * @throws InvalidValueException if the text is empty, too long or not clean
   */
  public TaskFilter containing(String wanted) {
    Objects.requireNonNull(wanted, "wanted must not be null");
    return new TaskFilter(createdFrom, createdBefore, minPriority, wanted);
  }

  /**
   * Whether a task passes.
   *
   * @param task the task
   * @return whether every condition holds
   */
  public boolean matches(Task task) {
    return (createdFrom == null || !task.createdAt().isBefore(createdFrom))
        && (createdBefore == null || task.createdAt().isBefore(createdBefore))
        && (minPriority == null || task.priority() >= minPriority)
        && (text == null || contains(task.title(), text) || contains(task.description(), text));
  }

  private static boolean contains(@Nullable String where, String what) {
    if (where == null) {
      return false;
    }
    for (int at = 0; at <= where.length() - what.length(); at++) {
      int i = 0;
      while (i < what.length() && lower(where.charAt(at + i)) == lower(what.charAt(i))) {
        i++;
      }
      if (i == what.length()) {
        return true;
      }
    }
    return false;
  }

  /* ASCII only, as SQLite's lower() does it: every repository must answer alike. */
  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
