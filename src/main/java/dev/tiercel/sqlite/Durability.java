package dev.tiercel.sqlite;

/** What a commit survives, at which price. */
public enum Durability {
  /** Survives power loss: every commit waits for the disk ({@code synchronous=FULL}). */
  FULL,
  /**
   * Survives {@code kill -9}; power loss may take the last commits, never consistency ({@code
   * synchronous=NORMAL}).
   */
  NORMAL
}
