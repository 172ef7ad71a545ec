package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A wrapper answers as its target does, and asks it only when something has changed. */
class CachingTest {
  private final TieredCache cache = Wrapped.cache();
  private final MapOrders target = new MapOrders();
  private final OrderRepository orders = Wrapped.orders(target, cache).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private void assertReads(int expected) {
    assertEquals(expected, target.reads.get());
  }

  @Test
  void theSecondReadIsAnsweredFromTheCache() {
    Order saved = orders.save(new Order("1", "acme", 5));
    assertEquals(Optional.of(saved), orders.findById("1"));
    assertEquals(Optional.of(saved), orders.findById("1"));
    assertReads(1);
    assertEquals(Optional.empty(), orders.findById("2"));
    assertEquals(Optional.empty(), orders.findById("2"));
    assertReads(2);
  }

  @Test
  void aWriteVoidsWhatCarriesItsTagsAndNothingElse() {
    orders.save(new Order("1", "acme", 5));
    orders.findById("1");
    orders.findById("2");
    orders.findByCustomer("acme");
    orders.findByCustomer("globex");
    assertReads(4);
    Order changed = orders.save(new Order("1", "acme", 6));
    assertEquals(Optional.of(changed), orders.findById("1"));
    assertEquals(List.of(changed), orders.findByCustomer("acme"));
    assertReads(6);
    orders.findById("2");
    orders.findByCustomer("globex");
    assertReads(6);
  }

  @Test
  void aResultIsVoidedByTheTagsOfWhatItHolds() throws Exception {
    orders.save(new Order("1", "acme", 5));
    assertEquals(1, orders.findByCustomer("acme").size());
    orders.delete("1"); // Says nothing of the customer.
    assertEquals(List.of(), orders.findByCustomer("acme"));
  }

  @Test
  void aWriteVoidsTheTagsThatOnlyItsResultTells() {
    assertEquals(Optional.empty(), orders.findById("new-1"));
    assertEquals(List.of(), orders.findByCustomer("acme"));
    orders.findByCustomer("globex");
    Order made = orders.create("acme", 7);
    assertEquals(Optional.of(made), orders.findById("new-1"));
    assertEquals(List.of(made), orders.findByCustomer("acme"));
    assertReads(5);
    orders.findByCustomer("globex");
    assertReads(5);
  }

  @Test
  void whatPassesThroughIsNeverCached() {
    assertEquals(1, orders.nextInvoiceNumber());
    assertEquals(2, orders.nextInvoiceNumber());
  }

  @Test
  void theTagsAreThoseOfTheWholeCache() {
    orders.findById("1");
    cache.invalidate(Tag.of("order:1"));
    orders.findById("1");
    assertReads(2);
  }

  @Test
  void returnedCollectionsAreUnmodifiableFromTheFirstOn() {
    orders.save(new Order("1", "acme", 5));
    List<Order> first = orders.findByCustomer("acme");
    assertThrows(UnsupportedOperationException.class, first::clear);
    assertSame(first, orders.findByCustomer("acme"));
  }

  @Test
  void aDefaultMethodRunsOnTheWrapper() {
    Order saved = orders.save(new Order("1", "acme", 5));
    assertEquals(saved, orders.require("1"));
    assertEquals(saved, orders.require("1"));
    assertReads(1);
    assertThrows(NoSuchElementException.class, () -> orders.require("2"));
  }

  @Test
  void aDefaultMethodThatIsCachedRunsOnTheWrapperToo() {
    OrderRepository cached =
        Wrapped.orders(target, cache)
            .cached(OrderRepository::require, c -> c.tag(id -> "order:" + id))
            .build();
    Order saved = cached.save(new Order("1", "acme", 5));
    assertEquals(Optional.of(saved), cached.findById("1"));
    assertSame(saved, cached.require("1")); // By what is cached of the other.
    assertSame(saved, cached.require("1"));
    assertReads(1);
    cache.invalidate(Tag.of("order:1"));
    assertSame(saved, cached.require("1"));
    cached.findById("1");
    assertReads(2);
  }

  @Test
  void primitivesAreCachedByAllArguments() throws Exception {
    orders.save(new Order("1", "acme", 5));
    assertEquals(5, orders.total("acme", true));
    assertEquals(5, orders.total("acme", true));
    assertReads(1);
    assertEquals(5, orders.total("acme", false));
    assertReads(2);
  }

  @Test
  void aCheckedExceptionIsTheTargetsOwnAndNotCached() throws Exception {
    target.failure = new TimeoutException("no answer");
    assertSame(
        target.failure, assertThrows(TimeoutException.class, () -> orders.total("acme", true)));
    target.failure = null;
    assertEquals(0, orders.total("acme", true));
  }

  @Test
  void anUncheckedExceptionAndAnErrorAreTheTargetsOwnToo() {
    IllegalStateException unchecked = new IllegalStateException("unchecked");
    AssertionError error = new AssertionError("error");
    OrderRepository failing =
        Wrapped.orders(
                new MapOrders() {
                  @Override
                  public Optional<Order> findById(String id) {
                    throw unchecked;
                  }

                  @Override
                  public List<Order> findByCustomer(String customer) {
                    throw error;
                  }
                },
                cache)
            .build();
    assertSame(unchecked, assertThrows(IllegalStateException.class, () -> failing.findById("1")));
    assertSame(error, assertThrows(AssertionError.class, () -> failing.findByCustomer("1")));
  }

  @Test
  void aWriteThatThrowsAfterItsCommitVoidsWhatItChanged() {
    orders.save(new Order("1", "acme", 5));
    orders.findById("1");
    target.failure = new TimeoutException("no answer");
    assertSame(target.failure, assertThrows(TimeoutException.class, () -> orders.delete("1")));
    assertEquals(Optional.empty(), orders.findById("1"));
    assertReads(2);
    orders.findById("1"); // Nothing is left pending.
    assertReads(2);
  }

  @Test
  void aWriteWithTagsOfItsResultThatThrowsVoidsEverything() {
    OrderRepository failing =
        Wrapped.orders(
                new MapOrders() {
                  @Override
                  public Order create(String customer, int cents) {
                    super.create(customer, cents);
                    throw new IllegalStateException("no answer");
                  }
                },
                cache)
            .build();
    assertEquals(List.of(), failing.findByCustomer("acme"));
    assertThrows(IllegalStateException.class, () -> failing.create("acme", 3));
    assertEquals(1, failing.findByCustomer("acme").size());
  }

  @Test
  void itIsEqualAndCalledAsItsTarget() {
    OrderRepository other = Wrapped.orders(target, cache).build();
    assertEquals(orders, orders);
    assertEquals(orders, other);
    assertEquals(orders, target);
    assertEquals(target.hashCode(), orders.hashCode());
    assertEquals(target.toString(), orders.toString());
    assertNotEquals(orders, Wrapped.orders(new MapOrders(), cache).build());
    assertNotEquals(orders, null);
    assertEquals(1, new HashSet<>(Set.of(orders)).size());
  }

  @Test
  void twoWrappersShareNothingUnlessTheyHaveOneName() {
    MapOrders elsewhere = new MapOrders();
    OrderRepository other = Wrapped.orders(elsewhere, cache).build();
    orders.save(new Order("1", "acme", 5));
    orders.findById("1");
    assertEquals(Optional.empty(), other.findById("1"));
    OrderRepository one = Wrapped.orders(target, cache).named("shop").build();
    OrderRepository same = Wrapped.orders(target, cache).named("shop").build();
    int before = target.reads.get();
    one.findById("1");
    same.findById("1");
    assertReads(before + 1);
  }

  @Test
  void aCacheThatIsSwitchedOffCostsSpeedOnly() {
    cache.close();
    Order saved = orders.save(new Order("1", "acme", 5));
    assertEquals(Optional.of(saved), orders.findById("1"));
    assertEquals(Optional.of(saved), orders.findById("1"));
    assertReads(2);
  }
}
