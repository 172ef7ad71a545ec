package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.CapturedLog;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever is wrong with a rule costs speed and is reported; it costs no answer, and no freshness.
 */
class CachingFaultTest {
  private final TieredCache cache = Wrapped.cache();
  private final MapOrders target = new MapOrders();

  @AfterEach
  void close() {
    cache.close();
  }

  /** What a tag function may do wrong. */
  enum Fault {
    THROWS {
      @Override
      Collection<String> tags() {
        throw new IllegalStateException("on purpose");
      }
    },
    FAILS {
      @Override
      Collection<String> tags() {
        throw new StackOverflowError("on purpose");
      }
    },
    NULL {
      @Override
      Collection<String> tags() {
        return null;
      }
    },
    NULL_INSIDE {
      @Override
      Collection<String> tags() {
        return Arrays.asList("a", null);
      }
    },
    BLANK {
      @Override
      Collection<String> tags() {
        return List.of(" ");
      }
    },
    NOTHING {
      @Override
      Collection<String> tags() {
        return List.of();
      }
    };

    abstract Collection<String> tags();
  }

  private static CachingBuilder<OrderRepository> rest(CachingBuilder<OrderRepository> builder) {
    return builder
        .passesThrough(OrderRepository::total)
        .passesThrough(OrderRepository::delete)
        .passesThrough(OrderRepository::nextInvoiceNumber);
  }

  private static void assertReportedOnce(CapturedLog log, String method) {
    assertEquals(1, log.warnings().size(), log.warnings()::toString);
    assertTrue(log.warnings().get(0).contains(method), log.warnings()::toString);
  }

  @ParameterizedTest
  @EnumSource
  void aReadWhoseTagFunctionFailsIsAnsweredAndNotCached(Fault fault) throws Exception {
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, target).with(cache))
            .cached(OrderRepository::findById, c -> c.tags(id -> fault.tags()))
            .passesThrough(OrderRepository::findByCustomer)
            .passesThrough(OrderRepository::create)
            .passesThrough(OrderRepository::save)
            .build();
    orders.save(new Order("1", "acme", 5));
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      assertEquals("acme", orders.findById("1").orElseThrow().customer());
      target.orders.clear();
      assertEquals(Optional.empty(), orders.findById("1"));
      assertReportedOnce(log, "OrderRepository.findById(String)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void norIsItsFailureRemembered(Fault fault) {
    MapOrders failing =
        new MapOrders() {
          @Override
          public Optional<Order> findById(String id) {
            return Optional.of(super.findById(id).orElseThrow());
          }
        };
    CachePolicy remembering = CachePolicy.DEFAULT.failures(Duration.ofHours(1));
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, failing).with(cache))
            .cached(OrderRepository::findById, c -> c.policy(remembering).tags(id -> fault.tags()))
            .passesThrough(OrderRepository::findByCustomer)
            .passesThrough(OrderRepository::create)
            .passesThrough(OrderRepository::save)
            .build();
    assertThrows(NoSuchElementException.class, () -> orders.findById("1"));
    Order saved = orders.save(new Order("1", "acme", 5));
    assertEquals(Optional.of(saved), orders.findById("1"));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
  void aReadWhoseTagsOfTheResultFailIsAnsweredAndNotCached(Fault fault) throws Exception {
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, target).with(cache))
            .cached(
                OrderRepository::findById, c -> c.tag("orders").tagsOfResult(found -> fault.tags()))
            .passesThrough(OrderRepository::findByCustomer)
            .passesThrough(OrderRepository::create)
            .passesThrough(OrderRepository::save)
            .build();
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      assertEquals(Optional.empty(), orders.findById("1"));
      target.save(new Order("1", "acme", 5));
      assertTrue(orders.findById("1").isPresent());
      assertReportedOnce(log, "OrderRepository.findById(String)");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aWriteWhoseTagFunctionFailsVoidsEverything(Fault fault) throws Exception {
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, target).with(cache))
            .cached(OrderRepository::findById, c -> c.tag(id -> "order:" + id))
            .cached(OrderRepository::findByCustomer, c -> c.tag(name -> "customer:" + name))
            .invalidates(OrderRepository::save, i -> i.tags(o -> fault.tags()))
            .invalidates(OrderRepository::create, i -> i.tagsOfResult(o -> fault.tags()))
            .build();
    orders.findById("1");
    orders.findByCustomer("acme");
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      Order saved = new Order("1", "acme", 5);
      assertEquals(saved, orders.save(saved));
      assertEquals(Optional.of(saved), orders.findById("1"));
      assertEquals(List.of(saved), orders.findByCustomer("acme"));
      orders.save(saved);
      assertReportedOnce(log, "OrderRepository.save(Order)");
    }
    try (CapturedLog log = new CapturedLog(Caching.class)) {
      assertEquals(1, orders.findByCustomer("acme").size());
      orders.create("acme", 3);
      assertEquals(2, orders.findByCustomer("acme").size());
      assertReportedOnce(log, "OrderRepository.create(String, int)");
    }
  }

  @Test
  void whatIsLoadedAroundAnUncachedReadIsNotCached() {
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, target).with(cache))
            .cached(OrderRepository::findById, c -> c.tags(id -> Fault.THROWS.tags()))
            .passesThrough(OrderRepository::findByCustomer)
            .passesThrough(OrderRepository::create)
            .passesThrough(OrderRepository::save)
            .build();
    TypedCache<String> texts = cache.typed(String.class);
    Tag tag = Tag.of("page");
    texts.get("page", tag, () -> orders.findById("1").toString());
    Order saved = orders.save(new Order("1", "acme", 5));
    assertEquals(
        Optional.of(saved).toString(),
        texts.get("page", tag, () -> orders.findById("1").toString()));
  }

  @Test
  void aListThatTheTargetGoesOnChangingIsNot() {
    Order first = new Order("1", "acme", 5);
    List<Order> own = new java.util.ArrayList<>(List.of(first));
    OrderRepository orders =
        Wrapped.orders(
                new MapOrders() {
                  @Override
                  public List<Order> findByCustomer(String customer) {
                    return own;
                  }
                },
                cache)
            .build();
    List<Order> found = orders.findByCustomer("acme");
    own.clear();
    assertEquals(List.of(first), found);
    assertEquals(List.of(first), orders.findByCustomer("acme"));
  }

  /** Calls itself through the wrapper, as with a proxy that somebody injected. */
  private static final class SelfCalling extends MapOrders {
    private OrderRepository self;
    private int depth;

    @Override
    public List<Order> findByCustomer(String customer) {
      return List.copyOf(self.findById(customer).stream().toList());
    }

    @Override
    public Optional<Order> findById(String id) {
      if (depth++ < 3) {
        return self.findById(id); // Once more, after a failure, say.
      }
      return super.findById(id);
    }
  }

  @Test
  void aTargetMayCallItselfThroughTheWrapper() {
    SelfCalling calling = new SelfCalling();
    OrderRepository orders = Wrapped.orders(calling, cache).build();
    calling.self = orders;
    Order saved = orders.save(new Order("1", "1", 5));
    assertEquals(List.of(saved), orders.findByCustomer("1"));
    assertEquals(List.of(saved), orders.findByCustomer("1"));
    assertEquals(1, calling.reads.get());
    Order changed = orders.save(new Order("1", "2", 6)); // The tag of the inner read alone.
    assertEquals(List.of(changed), orders.findByCustomer("1"));
  }

  @Test
  void anIdThatTheCallSetsIsVoidedToo() {
    OrderRepository orders =
        rest(Caching.of(OrderRepository.class, target).with(cache))
            .cached(OrderRepository::findById, c -> c.tag(id -> "order:" + id))
            .invalidates(OrderRepository::create, i -> i.tag((name, cents) -> "order:" + lastId()))
            .passesThrough(OrderRepository::findByCustomer)
            .passesThrough(OrderRepository::save)
            .build();
    assertEquals(Optional.empty(), orders.findById("new-1"));
    orders.create("acme", 3);
    assertTrue(orders.findById("new-1").isPresent());
  }

  private String lastId() {
    return "new-" + target.numbers.get();
  }

  private void assertSeenWhileItRuns(Function<OrderRepository, Order> write) {
    CompletableFuture<List<Order>> seen = new CompletableFuture<>();
    OrderRepository[] wrapper = new OrderRepository[1];
    MapOrders running =
        new MapOrders() {
          @Override
          public Order save(Order order) {
            Order saved = super.save(order);
            CompletableFuture.runAsync(
                    () -> seen.complete(wrapper[0].findByCustomer(order.customer())))
                .join();
            return saved;
          }
        };
    wrapper[0] = Wrapped.orders(running, cache).build();
    assertEquals(List.of(), wrapper[0].findByCustomer("acme"));
    Order written = write.apply(wrapper[0]);
    assertEquals(List.of(written), seen.join());
    assertEquals(List.of(written), wrapper[0].findByCustomer("acme"));
    assertEquals(2, running.reads.get() - 1);
  }

  @Test
  void whileAWriteRunsNobodyIsServedWhatItChanges() {
    assertSeenWhileItRuns(orders -> orders.save(new Order("1", "acme", 5)));
  }

  @Test
  void whileAWriteRunsWhoseTagsAreNotKnownYetNobodyIsServed() {
    assertSeenWhileItRuns(orders -> orders.create("acme", 5));
  }
}
