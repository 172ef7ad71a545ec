package dev.tiercel.async;

import java.time.Duration;

/**
 * A call was not done by its deadline. One that had {@link #begun} was interrupted: a read has done
 * nothing, a write was carried out wholly or not at all, which only another look can tell.
 */
public class AsyncTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Whether the call had begun. */
  private final boolean begun;

  /**
   * Creates the exception.
   *
   * @param deadline the time that the call had
   * @param begun whether it had begun
   */
  public AsyncTimeoutException(Duration deadline, boolean begun) {
    super(
        begun
            ? "the call was interrupted at its deadline of "
                + deadline
                + "; if it writes, look what became of it before it is tried again"
            : "the call did not begin within its deadline of "
                + deadline
                + " and never will; try again later, raise threads, or give it more time");
    this.begun = begun;
  }

  /**
   * Whether the call had begun.
   *
   * @return false if it never ran, so that trying again is safe
   */
  public boolean begun() {
    return begun;
  }
}
