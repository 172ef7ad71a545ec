package dev.tiercel.query;

import org.jspecify.annotations.Nullable;

/** What a call of one method of a wrapper does. Thread-safe. */
interface Invocation {
  /**
   * Answers a call.
   *
   * @param wrapper on which it was called
   * @param arguments null for none
   */
  @Nullable Object invoke(Object wrapper, @Nullable Object @Nullable [] arguments) throws Throwable;

  /**
   * Goes with a call only as far as it touches neither the target nor the cache.
   *
   * @param probe on which it was called
   * @param arguments null for none
   * @throws Probe.Ended where it would go further
   */
  @Nullable Object probe(Object probe, @Nullable Object @Nullable [] arguments) throws Throwable;
}
