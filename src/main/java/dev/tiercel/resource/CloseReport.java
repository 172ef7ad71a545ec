package dev.tiercel.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of each resource when its manager was closed. It keeps every failure, also those that
 * the thrown one could not carry because its suppression is switched off. Immutable.
 *
 * @param manager the manager's name
 * @param entries one for each resource, in the order in which they were closed; those of a nested
 *     manager stand at its place
 */
public record CloseReport(String manager, List<Entry> entries) {
  /**
   * Creates a report.
   *
   * @param manager the manager's name
   * @param entries copied
   */
  public CloseReport {
    entries = List.copyOf(entries);
  }

  /**
   * Picks out what was not closed properly.
   *
   * @return the entries with a failure, in order
   */
  public List<Entry> failures() {
    return entries.stream().filter(entry -> entry.failure() != null).toList();
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
   * The end of one resource.
   *
   * @param name its name, after those of the nested managers that hold it: {@code cache/index}
   * @param outcome how it ended
   * @param failure what closing it threw, or for {@link Outcome#TIMED_OUT} a {@link
   *     java.util.concurrent.TimeoutException} whose stack trace shows where it was; null if it was
   *     closed
   */
  public record Entry(String name, Outcome outcome, @Nullable Throwable failure) {
    Entry within(String nested) {
      return new Entry(nested + "/" + name, outcome, failure);
    }
  }
}
