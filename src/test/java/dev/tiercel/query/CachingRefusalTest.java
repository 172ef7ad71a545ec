package dev.tiercel.query;

import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.TieredCache;
import java.util.BitSet;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What makes no sense is refused when the wrapper is built, by the name of the method. */
@SuppressWarnings("FutureReturnValueIgnored")
class CachingRefusalTest {
  private final TieredCache cache = Wrapped.cache();
  private final MapOrders target = new MapOrders();
  private final CachingBuilder<OrderRepository> builder =
      Caching.of(OrderRepository.class, target).with(cache);

  @AfterEach
  void close() {
    cache.close();
  }

  private static void assertRefused(Executable what, String... words) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, what);
    for (String word : words) {
      assertTrue(e.getMessage().contains(word), e::getMessage);
    }
  }

  @Test
  void everyMethodWithoutARuleIsListed() {
    builder.passesThrough(OrderRepository::nextInvoiceNumber);
    IllegalStateException e = assertThrows(IllegalStateException.class, builder::build);
    assertEquals(
        "methods without a rule: OrderRepository.create(String, int),"
            + " OrderRepository.delete(String), OrderRepository.findByCustomer(String),"
            + " OrderRepository.findById(String), OrderRepository.save(Order),"
            + " OrderRepository.total(String, boolean); name each by cached, invalidates or"
            + " passesThrough, since one that writes unseen would make answers stale",
        e.getMessage());
  }

  @Test
  void aDefaultMethodThatTheTargetOverridesNeedsARule() {
    MapOrders overriding =
        new MapOrders() {
          @Override
          public Order require(String id) {
            return orders.get(id);
          }
        };
    CachingBuilder<OrderRepository> with = Wrapped.orders(overriding, cache);
    IllegalStateException e = assertThrows(IllegalStateException.class, with::build);
    assertTrue(e.getMessage().contains("OrderRepository.require(String);"), e::getMessage);
    with.passesThrough(OrderRepository::require).build();
  }

  @Test
  void aWrapperNeedsACache() {
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> Caching.of(OrderRepository.class, target).build());
    assertTrue(e.getMessage().contains("with(TieredCache)"), e::getMessage);
  }

  @Test
  void aLambdaIsRefused() {
    assertRefused(
        () -> builder.cached((OrderRepository o, String id) -> o.findById(id), c -> c.tag("x")),
        "a lambda",
        "OrderRepository::");
  }

  @Test
  void aLambdaThatHoldsSomethingIsRefused() {
    MapOrders other = target;
    assertRefused(
        () -> builder.cached((OrderRepository o, String id) -> other.findById(id), c -> c.tag("x")),
        "lambda");
    assertRefused(
        () ->
            builder.passesThrough(
                new VoidCall.Of0<OrderRepository>() {
                  private static final long serialVersionUID = 1;

                  @Override
                  public void call(OrderRepository orders) {}
                }),
        "method");
  }

  @Test
  void aMethodOfTheTargetsClassOrOfAnotherInterfaceIsRefused() {
    assertRefused(
        () -> builder.passesThrough(Object::notify), "java.lang.Object.notify", "OrderRepository");
    assertRefused(() -> builder.passesThrough(CachingRefusalTest::count), "count");
  }

  private static int count(OrderRepository orders) {
    return orders.hashCode();
  }

  @Test
  void twoRulesForOneMethodAreRefused() {
    builder.passesThrough(OrderRepository::findById);
    assertRefused(
        () -> builder.cached(OrderRepository::findById, c -> c.tag("x")),
        "OrderRepository.findById(String) has a rule already");
  }

  @Test
  void aRuleWithoutTagsIsRefused() {
    assertRefused(
        () -> builder.cached(OrderRepository::findById, c -> c.ttl(ofMinutes(1))),
        "OrderRepository.findById(String)",
        "tag(…)");
    assertRefused(
        () ->
            builder.cached(
                OrderRepository::findByCustomer, c -> c.tagsOfResult(found -> List.of("x"))),
        "findByCustomer",
        "empty result");
    assertRefused(
        () -> builder.invalidates(OrderRepository::delete, i -> {}), "delete", "everything()");
    assertRefused(
        () -> builder.invalidates(OrderRepository::delete, i -> i.tagsOfResult(r -> List.of("x"))),
        "delete",
        "returns nothing");
  }

  @Test
  void aBlankTagIsRefused() {
    assertRefused(
        () -> builder.cached(OrderRepository::findById, c -> c.tag(" ")), "must not be blank");
  }

  @Test
  void aTimeToLiveIsRequiredUnlessNobodyElseWrites() {
    try (TieredCache shared = TieredCache.builder().ttl(ofMinutes(1)).build()) {
      CachingBuilder<OrderRepository> with = Wrapped.orders(target, shared);
      with.build();
      CachingBuilder<OrderRepository> endless =
          Caching.of(OrderRepository.class, target)
              .with(shared)
              .cached(
                  OrderRepository::findById,
                  c -> c.policy(CachePolicy.DEFAULT).tag(id -> "order:" + id))
              .passesThrough(OrderRepository::findByCustomer)
              .passesThrough(OrderRepository::total)
              .passesThrough(OrderRepository::save)
              .passesThrough(OrderRepository::create)
              .passesThrough(OrderRepository::delete)
              .passesThrough(OrderRepository::nextInvoiceNumber);
      assertRefused(endless::build, "OrderRepository.findById(String)", "ttl", "onlyWriter()");
    }
  }

  /** Has results that cannot be cached as they are. */
  public interface Odd {
    Date date();

    List<byte[]> parts();

    Iterator<String> names();

    Stream<String> lines();

    Future<String> later();

    void nothing();

    int of(Thing thing);

    int bits(BitSet bits);

    Own own();

    /** A future with more to it, which no other can stand for. */
    class Own extends CompletableFuture<String> {}

    /** Has no equality. */
    class Thing {}
  }

  @Test
  void resultsThatCanBeChangedAreRefused() {
    assertRefused(() -> one(Odd::date).build(), "Odd.date()", "java.util.Date", "copyOnRead");
    assertRefused(() -> one(Odd::parts).build(), "Odd.parts()", "byte[]");
    assertRefused(() -> one(Odd::names).build(), "Odd.names()");
    assertRefused(() -> one(Odd::lines).build(), "Odd.lines()");
    assertRefused(() -> one(Odd::later), "Odd.later()", "CompletionStage");
    assertRefused(() -> one(Odd::own), "Odd.own()", "CompletableFuture");
    assertRefused(
        () -> Caching.of(Odd.class, odd()).invalidates(Odd::own, i -> i.tag("x")),
        "Odd.own()",
        "CompletionStage");
    assertRefused(
        () -> Caching.of(Odd.class, odd()).invalidates(Odd::later, i -> i.tag("x")),
        "Odd.later()",
        "CompletionStage");
  }

  @Test
  void argumentsWithoutValueEqualityAreRefused() {
    assertRefused(
        () -> Caching.of(Odd.class, odd()).cached(Odd::of, c -> c.tag("x")),
        "Odd.of(Thing)",
        "value equality",
        "key(…)");
    Caching.of(Odd.class, odd()).cached(Odd::of, c -> c.tag("x").key(Odd.Thing::hashCode));
    assertRefused(
        () -> Caching.of(Odd.class, odd()).cached(Odd::bits, c -> c.tag("x")),
        "Odd.bits(BitSet)",
        "can be changed",
        "key(…)");
    Caching.of(Odd.class, odd()).cached(Odd::bits, c -> c.tag("x").key(BitSet::toString));
  }

  private <R> CachingBuilder<Odd> one(ResultCall.Of0<Odd, R> method) {
    CachingBuilder<Odd> all = Caching.of(Odd.class, odd()).with(cache);
    all.cached(method, c -> c.tag("x"));
    List<VoidCall.Of0<Odd>> others =
        List.of(Odd::date, Odd::parts, Odd::names, Odd::lines, Odd::later, Odd::own, Odd::nothing);
    for (VoidCall.Of0<Odd> other : others) {
      try {
        all.passesThrough(other);
      } catch (IllegalArgumentException e) {
        assertTrue(e.getMessage().contains("has a rule already"), e::getMessage);
      }
    }
    return all.passesThrough(Odd::of).passesThrough(Odd::bits);
  }

  private static Odd odd() {
    return (Odd)
        java.lang.reflect.Proxy.newProxyInstance(
            Odd.class.getClassLoader(), new Class<?>[] {Odd.class}, (proxy, method, args) -> null);
  }

  @Test
  void whatIsNoInterfaceIsRefused() {
    assertRefused(() -> Caching.of(MapOrders.class, target), "no interface");
    assertThrows(NullPointerException.class, () -> Caching.of(OrderRepository.class, null));
  }

  /** Not for everybody. */
  interface Hidden {
    String name();
  }

  @Test
  void aHiddenInterfaceNeedsALookup() {
    assertRefused(() -> Caching.of(Hidden.class, () -> "x"), "Hidden.name()", "MethodHandles");
  }
}
