package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The key of a call: its method, and what tells it from others. */
final class CallKey implements CacheKey {
  /** It is all in its text, so it can be looked up below memory. */
  static final int TOLD = 1;

  /** It is made of the arguments themselves, which do not change. */
  static final int FIRM = 2;

  private final MethodId method;
  private final @Nullable Object[] parts;

  /* Beside the array: most calls have one argument, and the comparison needs nothing else. */
  private final @Nullable Object first;
  private final int hash;
  private final int traits;
  private final int depth;

  /* The arguments as they were given, while the call runs; a key that is kept must not keep them. */
  private @Nullable Object @Nullable [] given;

  /* Set while the value is loaded, if it is not known what that depends on. */
  private boolean unsettled;

  CallKey(MethodId method, @Nullable Object[] parts, int traits) {
    this(method, parts, traits, 0);
  }

  private CallKey(MethodId method, @Nullable Object[] parts, int traits, int depth) {
    this.method = method;
    this.parts = parts;
    this.traits = traits;
    this.depth = depth;
    this.first = parts.length == 0 ? null : parts[0];
    int own = parts.length > 1 ? Arrays.hashCode(parts) : Objects.hashCode(first);
    this.hash = 31 * method.hashCode() + own + depth;
  }

  /** The same for a call inside its own load. */
  CallKey inner() {
    CallKey inner = new CallKey(method, parts, traits, depth + 1);
    inner.given = given;
    return inner;
  }

  /** Remembers the arguments of the call until {@link #forget}. */
  CallKey with(@Nullable Object[] arguments) {
    given = arguments;
    return this;
  }

  void forget() {
    given = null;
  }

  @Nullable Object[] arguments() {
    return given == null ? parts : given;
  }

  void unsettle() {
    unsettled = true;
  }

  boolean isUnsettled() {
    return unsettled;
  }

  boolean isFirm() {
    return (traits & FIRM) != 0;
  }

  /** Both traits as a number. */
  int traits() {
    return traits;
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder(method.text());
    for (int i = 0; i < parts.length; i++) {
      KeyText.append(text.append(':'), parts[i], method.part(i));
    }
    return depth == 0 ? text.toString() : text.append(":%inner=").append(depth).toString();
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof CallKey key
            && hash == key.hash
            && method.equals(key.method)
            && depth == key.depth
            && Objects.equals(first, key.first)
            && parts.length == key.parts.length
            && (parts.length < 2 || Arrays.equals(parts, key.parts)));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return text();
  }
}
