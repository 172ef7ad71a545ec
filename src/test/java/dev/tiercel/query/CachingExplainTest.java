package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.TieredCache;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is known about the answer to a call of a wrapper; the call itself is not made. */
class CachingExplainTest {
  /** Reads in every way that can be explained. */
  private interface Catalogue {
    List<String> names(List<String> ids);

    CompletionStage<String> later(String id);

    String keyed(String id);

    void rename(String id, String name);

    /* Makes the best of whatever happens. */
    default List<String> namesOrNone(String id) {
      try {
        return names(List.of(id));
      } catch (RuntimeException e) {
        return List.of();
      }
    }

    default List<String> namesAfter(String id, String name) {
      rename(id, name);
      return names(List.of(id));
    }
  }

  private static final class Counting implements Catalogue {
    private final AtomicInteger calls = new AtomicInteger();

    @Override
    public List<String> names(List<String> ids) {
      calls.incrementAndGet();
      return List.copyOf(ids);
    }

    @Override
    public CompletionStage<String> later(String id) {
      calls.incrementAndGet();
      return CompletableFuture.completedFuture(id);
    }

    @Override
    public String keyed(String id) {
      calls.incrementAndGet();
      return id;
    }

    @Override
    public void rename(String id, String name) {
      calls.incrementAndGet();
    }
  }

  private final TieredCache cache = Wrapped.cache();
  private final MapOrders target = new MapOrders();
  private final OrderRepository orders = Wrapped.orders(target, cache).build();
  private final Counting counting = new Counting();
  private final Catalogue catalogue =
      Caching.of(MethodHandles.lookup(), Catalogue.class, counting)
          .with(cache)
          .cached(Catalogue::names, c -> c.tag("names"))
          .cached(Catalogue::later, c -> c.tag("names"))
          .cached(Catalogue::keyed, c -> c.key(CachingExplainTest::keyOf).tag("names"))
          .invalidates(Catalogue::rename, i -> i.tag("names"))
          .build();

  @AfterEach
  void close() {
    cache.close();
  }

  private static void assertCurrent(Optional<Explanation> known) {
    assertEquals(List.of("memory"), known.orElseThrow().tiers());
    assertTrue(known.orElseThrow().current());
  }

  @Test
  void nothingIsKnownOfACallThatNobodyMade() {
    assertEquals(Optional.empty(), Caching.explain(orders, o -> o.findById("1")));
    assertEquals(0, target.reads.get());
    orders.findById("2");
    assertEquals(Optional.empty(), Caching.explain(orders, o -> o.findById("1")));
  }

  @Test
  void itSaysWhereAnAnswerIsAndDoesNotAskForIt() {
    orders.findById("1");
    Optional<Explanation> known = Caching.explain(orders, o -> o.findById("1"));
    assertCurrent(known);
    assertTrue(known.orElseThrow().key().endsWith("findById(java.lang.String):1"), known::toString);
    assertEquals(1, target.reads.get());
  }

  @Test
  void itSaysWhichWriteMadeAnAnswerVoid() {
    orders.findById("1");
    orders.save(new Order("1", "acme", 5));
    Explanation known = Caching.explain(orders, o -> o.findById("1")).orElseThrow();
    assertFalse(known.current());
    assertTrue(known.why().orElseThrow().contains("order:1"), known::toString);
  }

  @Test
  void aCallMayDeclareCheckedExceptions() throws Exception {
    orders.total("acme", true);
    assertCurrent(Caching.explain(orders, o -> o.total("acme", true)));
    assertEquals(Optional.empty(), Caching.explain(orders, o -> o.total("acme", false)));
  }

  @Test
  void aDefaultMethodIsExplainedByItsFirstRead() {
    orders.findById("1");
    assertEquals(
        Caching.explain(orders, o -> o.findById("1")).orElseThrow().key(),
        Caching.explain(orders, o -> o.require("1")).orElseThrow().key());
    catalogue.names(List.of("1"));
    assertCurrent(Caching.explain(catalogue, c -> c.namesOrNone("1")));
    assertEquals(Optional.empty(), Caching.explain(catalogue, c -> c.namesOrNone("2")));
  }

  @Test
  void aDefaultMethodThatIsNamedToPassThroughIsExplainedByItsFirstReadToo() {
    OrderRepository named =
        Wrapped.orders(target, cache).passesThrough(OrderRepository::require).build();
    named.findById("1");
    assertCurrent(Caching.explain(named, o -> o.require("1")));
  }

  @Test
  void onlyTheFirstReadCounts() {
    orders.findById("1");
    assertCurrent(
        Caching.explain(
            orders,
            o -> {
              try {
                return o.findById("1");
              } catch (RuntimeException e) {
                return o.findById("2");
              }
            }));
  }

  @Test
  void argumentsThatMayChangeAreExplainedAsTheyAreNow() {
    List<String> ids = new ArrayList<>(List.of("1"));
    catalogue.names(ids);
    assertCurrent(Caching.explain(catalogue, c -> c.names(ids)));
    ids.add("2");
    assertEquals(Optional.empty(), Caching.explain(catalogue, c -> c.names(ids)));
  }

  @Test
  void whatAStageCompletedWithIsExplainedToo() {
    assertEquals(Optional.empty(), Caching.explain(catalogue, c -> c.later("1")));
    var unused = catalogue.later("1");
    assertCurrent(Caching.explain(catalogue, c -> c.later("1")));
    assertEquals(1, counting.calls.get());
  }

  @Test
  void aCallWithoutAKeyIsSaidToHaveNone() {
    catalogue.keyed("good");
    assertCurrent(Caching.explain(catalogue, c -> c.keyed("good")));
    Explanation known = Caching.explain(catalogue, c -> c.keyed("bad")).orElseThrow();
    assertEquals(List.of(), known.tiers());
    assertTrue(known.lastMiss().orElseThrow().contains("returned null"), known::toString);
    Explanation endless = Caching.explain(catalogue, c -> c.keyed("endless")).orElseThrow();
    assertTrue(endless.lastMiss().orElseThrow().contains("StackOverflow"), endless::toString);
  }

  private static String keyOf(String id) {
    return switch (id) {
      case "bad" -> null;
      case "endless" -> throw new StackOverflowError("on purpose");
      default -> id;
    };
  }

  private <T> IllegalArgumentException refused(T wrapper, Caching.Call<T> call) {
    return assertThrows(
        IllegalArgumentException.class, () -> Caching.explain(wrapper, call).isPresent());
  }

  private static void assertSays(IllegalArgumentException refused, String... parts) {
    for (String part : parts) {
      assertTrue(String.valueOf(refused.getMessage()).contains(part), refused::toString);
    }
  }

  @Test
  void aWriteIsRefusedAndNotMade() {
    assertSays(
        refused(orders, o -> o.save(new Order("1", "acme", 5))),
        "OrderRepository.save(Order) is a write",
        "orders -> orders.findById(id)");
    assertEquals(0, target.orders.size());
    assertSays(refused(catalogue, c -> c.namesAfter("1", "new")), "Catalogue.rename");
    assertEquals(0, counting.calls.get());
  }

  @Test
  void whatPassesThroughIsRefusedAndNotCalled() {
    assertSays(
        refused(orders, OrderRepository::nextInvoiceNumber),
        "OrderRepository.nextInvoiceNumber() passes through");
    assertEquals(0, target.numbers.get());
  }

  @Test
  void aCallThatReadsNothingIsRefused() {
    assertSays(refused(orders, o -> "seven"), "read nothing", "seven");
    assertSays(refused(orders, o -> o.hashCode() + o.toString()), target.toString());
    assertSays(refused(orders, o -> o.equals(target)), "true");
    IOException failure = new IOException("on purpose");
    IllegalArgumentException refused =
        refused(
            orders,
            o -> {
              throw failure;
            });
    assertSays(refused, "on purpose");
    assertSame(failure, refused.getCause());
  }

  @Test
  void whatIsNoWrapperIsRefused() {
    assertSays(refused(target, o -> o.findById("1")), MapOrders.class.getName());
    Runnable other =
        (Runnable)
            Proxy.newProxyInstance(
                Runnable.class.getClassLoader(),
                new Class<?>[] {Runnable.class},
                (proxy, method, arguments) -> null);
    assertSays(refused(other, o -> 1), other.getClass().getName());
  }
}
