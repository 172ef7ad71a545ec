package dev.tiercel.pool;

/** What a pool does for a caller when all its objects are leased and it may make no more. */
public enum WhenExhausted {
  /** Lets the caller wait until its turn comes or its time is over. The default. */
  WAIT,

  /** Refuses at once with a {@link PoolExhaustedException}. */
  FAIL,

  /** Makes an object beyond the bound, which is disposed of when it comes back. */
  OVERFLOW
}
