package dev.tiercel.tier;

import org.jspecify.annotations.Nullable;

/** A {@link CacheTier} cannot be used now: its disk is full, gone, read-only or broken. */
public final class CacheTierException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A failure of a tier.
   *
   * @param message names the file and what may help
   * @param cause what the file system or the driver said, or null
   */
  public CacheTierException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
