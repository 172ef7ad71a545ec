package dev.tiercel.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each resource when a manager was closed. It keeps every failure, also those that a
 * thrown exception could not carry because its suppression is switched off.
 *
 * @param manager the manager's name
 * @param entries one entry a resource, in the order in which they were closed; immutable
 */
public record CloseReport(String manager, List<Entry> entries) {

  /** Creates a report; the list is copied unless it is immutable already. */
  public CloseReport {
    entries = List.copyOf(entries);
  }

  /**
   * The failures.
   *
   * @return the entries that were not closed, in order
   */
  public List<Entry> failures() {
    return entries.stream().filter(entry -> entry.outcome() != Outcome.CLOSED).toList();
  }

  /** How closing a resource ended. */
  public enum Outcome {
    /** It was closed. */
    CLOSED,
    /** Closing it threw. */
    FAILED,
    /** Closing it took longer than the time limit; it may still be under way. */
    TIMED_OUT
  }

  /**
   * One resource.
   *
   * @param name its name
   * @param outcome how it ended
   * @param failure what closing it threw, or null
   */
  public record Entry(String name, Outcome outcome, @Nullable Throwable failure) {}
}
