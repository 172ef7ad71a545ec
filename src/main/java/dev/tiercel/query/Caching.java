package dev.tiercel.query;

import dev.tiercel.cache.Explanation;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

  /**
   * A call that is to be explained.
   *
   * @param <T> the interface
   */
  @FunctionalInterface
  public interface Call<T> {
    /**
     * Makes the call.
     *
     * @param wrapper on which; it answers none of its methods
     * @return its result
     * @throws Throwable whatever it throws
     */
    @Nullable Object on(T wrapper) throws Throwable;
  }

  /**
   * What is known about the answer to a call, which is not carried out: where it is, why it was
   * missed, and which write made it void. Where the call is one of a {@code default} method that
   * has no rule of its own, that is the first answer which it asks for. Whether this thread is
   * inside a transaction makes no difference.
   *
   * @param wrapper what {@link CachingBuilder#build} returned
   * @param call one read of the wrapper that it is given, such as {@code orders ->
   *     orders.findById(id)}
   * @param <T> the interface
   * @return what is known, or empty if nothing is: it was not asked lately and is not cached; for a
   *     call that has no key, that it is never cached, and why
   * @throws IllegalArgumentException if the object is no such wrapper, or if the call reads
   *     nothing, or begins with a method that invalidates or passes through
   */
  public static <T> Optional<Explanation> explain(T wrapper, Call<? super T> call) {
    return Probe.explain(wrapper, call);
  }
}
