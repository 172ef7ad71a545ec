package dev.tiercel.query;

import java.lang.invoke.MethodHandles;
import java.util.Objects;

/**
 * Puts a cache in front of any repository that is an interface, one that this library has never
 * seen:
 *
 * <pre>{@code
 * OrderRepository orders = Caching.of(OrderRepository.class, jdbcOrders).with(cache)
 *     .cached(OrderRepository::findById, c -> c.ttl(ofMinutes(10)).tag(id -> "order:" + id))
 *     .invalidates(OrderRepository::save, i -> i.tag(order -> "order:" + order.id()))
 *     .passesThrough(OrderRepository::nextInvoiceNumber)
 *     .build();
 * }</pre>
 *
 * <p>Every method is named: an unnamed one that writes would make answers stale for ever. Only
 * {@code default} methods that the target leaves as they are need no rule; they run on the wrapper,
 * so what they call follows its own.
 *
 * <p>Calls are told apart by their arguments. Collections, arrays and dates may be changed after
 * the call; an object of a class with {@code equals} of its own must not be, because it is kept and
 * not copied. Where it is, give the method a key function: {@code key(…)}.
 *
 * <p>All writes go through wrappers on the same ledger, and are committed when they return, unless
 * the wrapper is told of {@linkplain CachingBuilder#transactions transactions}.
 */
public final class Caching {
  private Caching() {}

  /**
   * Begins to wrap a target.
   *
   * @param type the interface, public, and exported by its module
   * @param target what does the work
   * @param <T> the interface
   * @return a builder
   * @throws IllegalArgumentException if it is no interface, or one that cannot be called from here
   */
  public static <T> CachingBuilder<T> of(Class<T> type, T target) {
    return new CachingBuilder<>(type, target, null);
  }

  /**
   * Begins to wrap a target, by an interface that is not public or not exported.
   *
   * @param lookup {@code MethodHandles.lookup()}, called where the interface can be used
   * @param type the interface
   * @param target what does the work
   * @param <T> the interface
   * @return a builder
   * @throws IllegalArgumentException if it is no interface, or if the lookup does not reach it
   */
  public static <T> CachingBuilder<T> of(MethodHandles.Lookup lookup, Class<T> type, T target) {
    return new CachingBuilder<>(
        type, target, Objects.requireNonNull(lookup, "lookup must not be null"));
  }
}
