package dev.tiercel.task;

/**
 * Is told how each call of an {@link ObservedTaskRepository} went.
 *
 * <ul>
 *   <li>Each call is told once, when it is over, by the thread that made it.
 *   <li>What is called inside a transaction on the repository that {@link
 *       TaskRepository#inTransaction} hands out is not told: it is part of that. A read of the
 *       outer repository inside is a call of its own, and told; a write of it is refused, told as
 *       failed.
 *   <li>What this throws is logged the first time and reaches nobody.
 * </ul>
 */
@FunctionalInterface
public interface TaskObserver {
  /**
   * How a call ended: by what it returned or threw, and by nothing else. So a batch succeeds even
   * if each of its tasks was refused, for it returns which; a stream and a transaction end as the
   * function of their caller does; and an argument that must not be null makes the call fail.
   */
  enum Outcome {
    /** It returned. */
    SUCCESS,
    /**
     * The repository refused it: {@link InvalidValueException}, {@link TaskStateException}, {@link
     * DuplicateTaskException} or {@link StaleTaskException}.
     */
    REFUSED,
    /** It threw something else, be it the fault of its caller, too. */
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
