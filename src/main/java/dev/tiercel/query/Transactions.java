package dev.tiercel.query;

/**
 * Transactions that a wrapped repository takes part in although it does not begin them: Spring's,
 * for instance. Inside one, reads go to the repository and nothing is cached; what is written is
 * neither served from the cache nor cached by anybody until the transaction has completed.
 *
 * <p>Without it every write through a wrapper must be committed when it returns. Implementations
 * are thread-safe.
 */
public interface Transactions {
  /**
   * Whether this thread is inside a transaction that has not completed. Asked at every call; where
   * it throws at a read, the read goes to the repository.
   *
   * @return whether it is
   */
  boolean active();

  /**
   * Has something done when the transaction of this thread has completed: after it was committed,
   * rolled back, or left in doubt, and also if that is why other callbacks fail. Called before the
   * write; if it throws, nothing is written and the caller of the write gets that exception.
   *
   * <p>Where the thread goes on to another transaction, the action must have been run before {@link
   * #active} is true of that one: until then, what is written counts as part of the former.
   *
   * @param action to be run once, on any thread; it throws nothing
   */
  void afterCompletion(Runnable action);
}
