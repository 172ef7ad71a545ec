package dev.tiercel.query;

import dev.tiercel.cache.CachePolicy;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a rule for a method that reads says whatever the arguments are. */
abstract class ReadRule<R extends @Nullable Object, S> extends TagRule<R, S> {
  private @Nullable Duration ttl;
  private @Nullable CachePolicy policy;
  private @Nullable UnaryOperator<R> copy;
  private @Nullable Function<@Nullable Object[], ?> key;

  ReadRule() {}

  /**
   * Sets how long a result is served; unless it is set, the cache says so.
   *
   * @param time the time
   * @return this
   */
  public S ttl(Duration time) {
    this.ttl = Objects.requireNonNull(time, "ttl must not be null");
    return self();
  }

  /**
   * Sets a policy in place of the cache's. What is done in the background or with a time-out needs
   * arguments that are known not to change (text, numbers, dates and times, enums, records of
   * these), so other calls, and those with a key function, load on the thread of the caller all the
   * same.
   *
   * @param other the policy
   * @return this
   */
  public S policy(CachePolicy other) {
    this.policy = Objects.requireNonNull(other, "policy must not be null");
    return self();
  }

  /**
   * Hands everybody a copy, for results that can be changed. Arrays of what cannot be changed are
   * copied anyway, and collections are handed out unmodifiable.
   *
   * @param other makes a copy that shares nothing that can be changed; not called with null
   * @return this
   */
  public S copyOnRead(UnaryOperator<R> other) {
    this.copy = Objects.requireNonNull(other, "copy must not be null");
    return self();
  }

  final S keyed(Function<@Nullable Object[], ?> function) {
    this.key = function;
    return self();
  }

  final @Nullable Duration ttl() {
    return ttl;
  }

  final @Nullable CachePolicy policy() {
    return policy;
  }

  final @Nullable UnaryOperator<R> copy() {
    return copy;
  }

  final @Nullable Function<@Nullable Object[], ?> key() {
    return key;
  }
}
