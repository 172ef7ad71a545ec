package dev.tiercel.async;

/** Something that waits for a place, and is then done there, or is told why it cannot be. */
interface Work {
  /** Does it; throws nothing. Does nothing if it was refused meanwhile. */
  void run();

  /** Ends it: what has not begun never begins, what runs is interrupted. */
  void refuse(AsyncRejectedException why);
}
