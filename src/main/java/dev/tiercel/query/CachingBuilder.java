package dev.tiercel.query;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.query.WrappedMethod.Signature;
import java.io.Serializable;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says what a wrapper does for each method of its interface, see {@link Caching}. A method that is
 * overloaded or generic is named with its types, see {@link ResultCall}. Not thread-safe; the
 * wrapper is as thread-safe as its target.
 *
 * @param <T> the interface
 */
public final class CachingBuilder<T> extends CachedRules<T> {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int NAME_BITS = 64;

  private final Class<T> type;
  private final T target;
  private final WrappedInterface methods;
  private final Map<Signature, WrappedRule> rules = new LinkedHashMap<>();
  private @Nullable TieredCache cache;
  private @Nullable Transactions transactions;
  private @Nullable String name;

  CachingBuilder(Class<T> type, T target, MethodHandles.@Nullable Lookup lookup) {
    this.type = Objects.requireNonNull(type, "type must not be null");
    this.target = Objects.requireNonNull(target, "target must not be null");
    if (!type.isInterface() || type.isAnnotation()) {
      throw new IllegalArgumentException(
          type.getName() + " is no interface; wrap what the repository implements");
    }
    if (!type.isInstance(target)) {
      throw new IllegalArgumentException(
          "the target is a " + target.getClass().getName() + " and no " + type.getName());
    }
    this.methods = new WrappedInterface(type, target, lookup);
  }

  /**
   * Sets the cache, which has a time to live or is {@linkplain
   * dev.tiercel.cache.TieredCacheBuilder#onlyWriter the only writer's}.
   *
   * @param other the cache, which is not closed with the wrapper
   * @return this
   */
  public CachingBuilder<T> with(TieredCache other) {
    this.cache = Objects.requireNonNull(other, "cache must not be null");
    return this;
  }

  /**
   * Tells of transactions that the target takes part in. Without it every write must be committed
   * when it returns.
   *
   * @param other the transactions
   * @return this
   */
  public CachingBuilder<T> transactions(Transactions other) {
    this.transactions = Objects.requireNonNull(other, "transactions must not be null");
    return this;
  }

  /**
   * Names the data behind the target. Wrappers of one interface and one name share what they cache,
   * and on a durable ledger find it again after a restart; a wrapper without a name has it for
   * itself.
   *
   * @param other the name, such as that of the database
   * @return this
   * @throws IllegalArgumentException if it is blank
   */
  public CachingBuilder<T> named(String other) {
    Objects.requireNonNull(other, "name must not be null");
    if (other.isBlank()) {
      throw new IllegalArgumentException("a name must not be blank; leave it out to have none");
    }
    this.name = other;
    return this;
  }

  @Override
  CachingBuilder<T> passing(Serializable method) {
    return add(method, WrappedRule::passing);
  }

  @Override
  CachingBuilder<T> invalidating(Serializable method, WriteRule<?, ?> rule) {
    return add(method, found -> WrappedRule.writing(found, rule));
  }

  @Override
  CachingBuilder<T> caching(Serializable method, ReadRule<?, ?> rule) {
    return add(method, found -> WrappedRule.reading(found, rule));
  }

  /** Makes the rule for a method, or refuses it. */
  private interface Maker {
    WrappedRule make(WrappedMethod method);
  }

  private CachingBuilder<T> add(Serializable reference, Maker maker) {
    Objects.requireNonNull(reference, "method must not be null");
    String example = methods.methods().isEmpty() ? "a::b" : example(methods.methods().get(0));
    WrappedMethod method = methods.find(CapturedMethod.of(reference, example));
    if (rules.containsKey(method.signature())) {
      throw new IllegalArgumentException(method + " has a rule already; name each method once");
    }
    rules.put(method.signature(), maker.make(method));
    return this;
  }

  private String example(WrappedMethod method) {
    return type.getSimpleName() + "::" + method.method().getName();
  }

  /**
   * Makes the wrapper. It answers {@code equals}, {@code hashCode} and {@code toString} as its
   * target does.
   *
   * @return the wrapper; thread-safe if the target is
   * @throws IllegalStateException if there is no cache, or if methods have no rule: all are listed
   * @throws IllegalArgumentException if results of a method can be changed and not copied, if its
   *     arguments have no value equality, or if values would live for ever although others may
   *     write
   */
  public T build() {
    TieredCache with = cache;
    if (with == null) {
      throw new IllegalStateException(
          "no cache for " + type.getName() + "; give one: with(TieredCache)");
    }
    List<WrappedMethod> missing = methods.missing(rules.keySet());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          missing.stream()
              .map(WrappedMethod::toString)
              .sorted()
              .collect(
                  Collectors.joining(
                      ", ",
                      "methods without a rule: ",
                      "; name each by cached, invalidates or passesThrough, since one that writes"
                          + " unseen would make answers stale")));
    }
    Surroundings around = Surroundings.of(with, type, transactions);
    String space = name == null ? new BigInteger(NAME_BITS, RANDOM).toString(32) : name;
    Map<Signature, Invocation> invocations = new LinkedHashMap<>();
    for (WrappedMethod method : unruled()) {
      invocations.put(method.signature(), new PassingInvocation(method));
    }
    rules.forEach(
        (signature, rule) -> invocations.put(signature, rule.invocation(type, space, around)));
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new Wrapper(target, invocations));
    return type.cast(proxy);
  }

  private List<WrappedMethod> unruled() {
    List<WrappedMethod> all = new ArrayList<>(methods.bridges());
    methods.methods().stream()
        .filter(method -> !WrappedInterface.isOfObject(method.signature()))
        .forEach(all::add);
    return all;
  }
}
