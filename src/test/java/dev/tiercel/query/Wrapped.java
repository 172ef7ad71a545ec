package dev.tiercel.query;

import static java.time.Duration.ofMinutes;

import dev.tiercel.cache.TieredCache;
import java.util.List;

/** Short ways to caches and wrappers, for tests. */
final class Wrapped {
  private Wrapped() {}

  /** A cache that does at once what it would do in the background. */
  static TieredCache cache() {
    return TieredCache.builder().onlyWriter().executor(Runnable::run).build();
  }

  /** The usual rules. */
  static CachingBuilder<OrderRepository> orders(OrderRepository target, TieredCache cache) {
    return reading(target, cache)
        .invalidates(
            OrderRepository::save,
            i -> i.tag(o -> "order:" + o.id()).tag(o -> "customer:" + o.customer()))
        .invalidates(
            OrderRepository::create,
            i ->
                i.tagsOfResult(
                    made -> List.of("order:" + made.id(), "customer:" + made.customer())))
        .invalidates(OrderRepository::delete, i -> i.tag(id -> "order:" + id));
  }

  /** The usual rules of the methods that do not write. */
  static CachingBuilder<OrderRepository> reading(OrderRepository target, TieredCache cache) {
    return Caching.of(OrderRepository.class, target)
        .with(cache)
        .cached(OrderRepository::findById, c -> c.ttl(ofMinutes(10)).tag(id -> "order:" + id))
        .cached(
            OrderRepository::findByCustomer,
            c ->
                c.tag(customer -> "customer:" + customer)
                    .tagsOfResult(found -> found.stream().map(o -> "order:" + o.id()).toList()))
        .cached(OrderRepository::total, c -> c.tag((customer, open) -> "customer:" + customer))
        .passesThrough(OrderRepository::nextInvoiceNumber);
  }
}
