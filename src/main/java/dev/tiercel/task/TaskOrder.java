package dev.tiercel.task;

import java.util.Comparator;

/** The orders in which tasks are listed; both are total, because the id decides what is equal. */
public enum TaskOrder {
  /** Highest priority first, then oldest first, then by id. */
  URGENT_FIRST(
      Comparator.comparingInt(Task::priority)
          .reversed()
          .thenComparing(Task::createdAt)
          .thenComparing(Task::id, TaskOrder::compareAsUtf8)),
  /** Youngest first, then by id downwards. */
  NEWEST_FIRST(
      Comparator.comparing(Task::createdAt)
          .thenComparing(Task::id, TaskOrder::compareAsUtf8)
          .reversed());

  @SuppressWarnings("ImmutableEnumChecker") // None of them holds state.
  private final Comparator<Task> comparator;

  TaskOrder(Comparator<Task> comparator) {
    this.comparator = comparator;
  }

  /**
   * This order as a comparator. Ids compare by code point, as UTF-8 bytes do, not by {@code char}.
   *
   * @return the comparator, consistent with equality of ids
   */
  public Comparator<Task> comparator() {
    return comparator;
  }

  /* UTF-16 sorts U+E000..U+FFFF above the surrogates that stand for larger code points; UTF-8, and so
   * SQLite's BINARY collation, does not. */
  private static int compareAsUtf8(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean high = Character.isSurrogate(x);
        return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
