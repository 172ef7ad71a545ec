package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tags are those of the ledger: wrappers of other interfaces and on other caches carry them too.
 */
class CachingLedgerTest {
  /** Shows what another repository writes. */
  public interface Reports {
    int count(String customer);

    void refresh();
  }

  private static final class Counting implements Reports {
    private final MapOrders orders;
    private int calls;

    Counting(MapOrders orders) {
      this.orders = orders;
    }

    @Override
    public int count(String customer) {
      calls++;
      return (int)
          orders.orders.values().stream().filter(each -> each.customer().equals(customer)).count();
    }

    @Override
    public void refresh() {}
  }

  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache = cache();
  private final TieredCache other = cache();

  /* Happens when a write has been done and has not returned. */
  private Runnable inside = () -> {};

  private final MapOrders target =
      new MapOrders() {
        @Override
        public Order save(Order order) {
          Order saved = super.save(order);
          inside.run();
          return saved;
        }
      };
  private final Counting counting = new Counting(target);
  private final Reports reports =
      Caching.of(Reports.class, counting)
          .with(other)
          .cached(Reports::count, c -> c.tag(customer -> "customer:" + customer))
          .invalidates(Reports::refresh, i -> i.everything())
          .build();

  private TieredCache cache() {
    return TieredCache.builder().ledger(ledger).onlyWriter().executor(Runnable::run).build();
  }

  @AfterEach
  void close() {
    cache.close();
    other.close();
    ledger.close();
  }

  @Test
  void whileAWriteRunsWhoseTagsAreNotKnownYetNoOtherInterfaceServesThem() {
    OrderRepository orders = Wrapped.orders(target, cache).build();
    assertEquals(0, reports.count("acme"));
    inside =
        () -> {
          assertEquals(1, reports.count("acme"));
          target.orders.clear(); // As if it were not committed yet.
          assertEquals(0, reports.count("acme"));
        };
    Order made = orders.create("acme", 5);
    target.orders.put(made.id(), made);
    assertEquals(1, reports.count("acme"));
    int calls = counting.calls;
    assertEquals(1, reports.count("acme"));
    assertEquals(calls, counting.calls); // Nothing is left pending.
  }

  @Test
  void aWriteThatFailsBeforeItTellsItsTagsVoidsOtherInterfacesToo() {
    OrderRepository orders = Wrapped.orders(target, cache).build();
    assertEquals(0, reports.count("acme"));
    inside =
        () -> {
          throw new IllegalStateException("timed out");
        };
    assertThrows(IllegalStateException.class, () -> orders.create("acme", 5));
    assertEquals(1, reports.count("acme"));
  }

  @Test
  void aWriteThatFailsBeforeItTellsItsTagsVoidsWhatIsPutByHandWithTheTagOfAll() {
    OrderRepository orders = Wrapped.orders(target, cache).build();
    TypedCache<Integer> counts = other.typed(Integer.class);
    Tags tags = Tags.of(Tag.of("customer:acme"), Tag.of("caching:*"));
    counts.put("acme", 0, tags, other.stamp());
    inside =
        () -> {
          assertEquals(Optional.empty(), counts.getIfPresent("acme"));
          throw new IllegalStateException("timed out");
        };
    assertEquals(Optional.of(0), counts.getIfPresent("acme"));
    assertThrows(IllegalStateException.class, () -> orders.create("acme", 5));
    assertEquals(Optional.empty(), counts.getIfPresent("acme"));
  }

  @Test
  void aWriteWhoseTagFunctionFailsVoidsOtherInterfacesToo() {
    OrderRepository orders =
        Wrapped.reading(target, cache)
            .invalidates(OrderRepository::save, i -> i.tags(o -> fault()))
            .invalidates(OrderRepository::create, i -> i.tagsOfResult(o -> fault()))
            .invalidates(OrderRepository::delete, i -> i.tag(id -> fault().get(0)))
            .build();
    assertEquals(0, reports.count("acme"));
    orders.save(new Order("1", "acme", 5));
    assertEquals(1, reports.count("acme"));
    orders.create("acme", 6);
    assertEquals(2, reports.count("acme"));
    assertThrows(Exception.class, () -> failingDelete(orders));
    assertEquals(1, reports.count("acme"));
  }

  private void failingDelete(OrderRepository orders) throws Exception {
    target.failure = new java.util.concurrent.TimeoutException();
    orders.delete("1");
  }

  private static List<String> fault() {
    throw new StackOverflowError("on purpose");
  }

  @Test
  void everythingIsWhatOneInterfaceHasCached() {
    OrderRepository orders = Wrapped.orders(target, cache).build();
    orders.findById("1");
    reports.count("acme");
    reports.refresh();
    int reads = target.reads.get();
    assertTrue(orders.findById("1").isEmpty());
    assertEquals(reads, target.reads.get());
    int calls = counting.calls;
    reports.count("acme");
    assertEquals(calls + 1, counting.calls);
  }
}
