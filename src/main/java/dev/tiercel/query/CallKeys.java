package dev.tiercel.query;

import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.TieredCache;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the keys of one method. Thread-safe. */
final class CallKeys {
  private static final @Nullable Object[] NONE = {};
  private static final String UNTOLD = "the call cannot be told from others by a key";
  private static final int ALL = CallKey.TOLD | CallKey.FIRM;

  private final MethodId method;
  private final @Nullable Function<@Nullable Object[], ?> function;
  private final boolean isPlain;

  /** Keys of arguments, or of what a function makes of them. */
  CallKeys(
      MethodId method, Class<?>[] parameters, @Nullable Function<@Nullable Object[], ?> function) {
    this.method = method;
    this.function = function;
    boolean plain = function == null;
    for (Class<?> parameter : parameters) {
      plain &= ArgumentKind.isAlwaysTold(parameter);
    }
    this.isPlain = plain;
  }

  /** The key of a call, or null if it has none, which is reported. */
  @Nullable CallKey tell(@Nullable Object @Nullable [] arguments, Complaint complaint) {
    try {
      return of(arguments);
    } catch (Throwable e) {
      complaint.report(UNTOLD, e);
      return null;
    }
  }

  /** What a cache knows of the answer to a call. */
  Optional<Explanation> explain(TieredCache cache, @Nullable Object @Nullable [] arguments) {
    CallKey key;
    try {
      key = of(arguments);
    } catch (Throwable e) {
      return Optional.of(Explanation.notCached(method.text(), UNTOLD + ": " + e));
    }
    return cache.explain(key);
  }

  /**
   * The key of a call.
   *
   * @throws IllegalArgumentException if it cannot be told from another
   */
  CallKey of(@Nullable Object @Nullable [] arguments) {
    @Nullable Object[] given = arguments == null ? NONE : arguments;
    return isPlain ? new CallKey(method, given, ALL) : ofOthers(given);
  }

  private CallKey ofOthers(@Nullable Object[] given) {
    if (function != null) {
      Object told = KeyPart.of(function.apply(given));
      if (told == null) {
        throw new IllegalArgumentException("the key function returned null; return a value");
      }
      @Nullable Object[] part = {told};
      return new CallKey(method, part, KeyPart.isTold(told) ? CallKey.TOLD : 0).with(given);
    }
    @Nullable Object[] parts = new @Nullable Object[given.length];
    int traits = ALL;
    for (int i = 0; i < given.length; i++) {
      parts[i] = KeyPart.of(given[i]);
      if (parts[i] != given[i] || !ArgumentKind.isFirm(given[i])) {
        traits &= ~CallKey.FIRM;
      }
      if (!KeyPart.isTold(parts[i])) {
        traits &= ~CallKey.TOLD;
      }
    }
    CallKey key = new CallKey(method, parts, traits);
    return key.isFirm() ? key : key.with(given);
  }
}
