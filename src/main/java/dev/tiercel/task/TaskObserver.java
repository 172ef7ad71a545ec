package dev.tiercel.task;

/**
 * Is told how each call of an {@link ObservedTaskRepository} went.
 *
 * <ul>
 *   <li>Each call is told once, when it is over, by the thread that made it.
 *   <li>What is called inside a transaction is not told: it is part of that.
 *   <li>What this throws is logged the first time and reaches nobody.
 * </ul>
 */
@FunctionalInterface
public interface TaskObserver {
  /** How a call ended. */
  enum Outcome {
    /** It returned. */
    SUCCESS,
    /**
     * The repository refused it: {@link InvalidValueException}, {@link TaskStateException}, {@link
     * DuplicateTaskException} or {@link StaleTaskException}.
     */
    REFUSED,
    /** It threw something else. */
    FAILED
  }

  /**
   * A call is over.
   *
   * @param method which one
   * @param outcome how it ended
   * @param nanos how long it took, in nanoseconds
   */
  void called(TaskMethod method, Outcome outcome, long nanos);
}
