package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a caller meets when everything is leased. */
class WaitingTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private static ObjectPoolBuilder<Item> one() {
    ObjectPoolBuilder<Item> settings = ObjectPool.of(Item::new).name("items").maxSize(1);
    settings.looksAgain = false; // Whoever is not woken sleeps on, and the test fails.
    return settings;
  }

  @Test
  void whoWaitsIsServedInTheOrderOfComing() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Queue<Integer> served = new ConcurrentLinkedQueue<>();
    List<Background<Boolean>> waiters = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      waiters.add(
          Background.start(
                  () -> {
                    try (Lease<Item> lease = pool.lease(FOREVER)) {
                      assertSame(Thread.currentThread(), take(lease.get()));
                      return served.add(number);
                    }
                  })
              .awaitQueued(pool, i + 1));
    }
    held.close();
    for (Background<Boolean> waiter : waiters) {
      assertTrue(waiter.join());
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), List.copyOf(served));
    assertEquals(8, pool.stats().waits());
    assertFalse(pool.stats().longestWait().isZero());
    assertTrue(pool.stats().waitTime().compareTo(pool.stats().longestWait()) >= 0);
    assertEquals(0, pool.stats().waiting());
    pool.close();
  }

  private static Thread take(Item item) {
    item.holder = Thread.currentThread();
    return item.holder;
  }

  @Test
  void aReleaseHandsTheObjectToWhoWaitsAndNotToTheNextWhoComes() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Background<Lease<Item>> waits = Background.start(() -> pool.lease(FOREVER));
    waits.awaitQueued(pool, 1);
    held.close();
    assertTrue(pool.tryLease().isEmpty());
    waits.join().close();
    assertTrue(pool.tryLease().isPresent());
  }

  @Test
  void anInvalidatedPlaceWakesWhoWaits() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Item broken = held.get();
    Background<Lease<Item>> waits = Background.start(() -> pool.lease(FOREVER));
    waits.awaitQueued(pool, 1);
    held.invalidate();
    assertNotSame(broken, waits.join().get());
  }

  @Test
  void whoBreaksOneObjectAfterTheOtherDoesNotKeepTheRoom() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Background<Lease<Item>> waits = Background.start(() -> pool.lease(FOREVER));
    waits.awaitQueued(pool, 1);
    held.invalidate();
    assertTrue(pool.tryLease().isEmpty());
    waits.join().close();
    assertEquals(2, pool.stats().created());
  }

  @Test
  void whoMakesAnObjectDoesNotKeepTheNextFromRoom() throws Exception {
    CountDownLatch making = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    ObjectPoolBuilder<Item> settings =
        ObjectPool.of(
                () -> {
                  if (calls.incrementAndGet() == 3) {
                    making.countDown();
                    go.await();
                  }
                  return new Item();
                })
            .maxSize(2);
    settings.looksAgain = false;
    ObjectPool<Item> pool = settings.build();
    Lease<Item> one = pool.lease();
    Lease<Item> other = pool.lease();
    Background<Lease<Item>> first = Background.start(() -> pool.lease(FOREVER));
    first.awaitQueued(pool, 1);
    Background<Lease<Item>> second = Background.start(() -> pool.lease(FOREVER));
    second.awaitQueued(pool, 2);
    one.invalidate();
    making.await();
    other.invalidate();
    Lease<Item> served = second.join();
    go.countDown();
    assertNotSame(served.get(), first.join().get());
  }

  @Test
  void aTimeThatIsOverIsAClearRefusal() {
    ObjectPool<Item> pool = one().leaseTimeout(Duration.ofMillis(2)).build();
    try (Lease<Item> held = pool.lease()) {
      assertSame(held.get(), held.get());
      assertTrue(
          assertThrows(PoolExhaustedException.class, pool::lease)
              .getMessage()
              .contains("within 2.0 ms; give them back sooner, or allow more by maxSize"));
      assertThrows(PoolExhaustedException.class, pool::acquire);
      assertThrows(PoolExhaustedException.class, () -> pool.use(item -> item));
      assertThrows(PoolExhaustedException.class, () -> pool.lease(Duration.ofMillis(1)));
    }
    assertEquals(4, pool.stats().refused());
    assertEquals(0, pool.stats().waiting());
    pool.lease().close();
  }

  @Test
  void anInterruptEndsTheWaitAndIsKept() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Background<Boolean> waits =
        Background.start(
            () -> {
              PoolInterruptedException e =
                  assertThrows(PoolInterruptedException.class, () -> pool.lease(FOREVER));
              assertTrue(e.getMessage().contains("'items'"), e.getMessage());
              return Thread.currentThread().isInterrupted();
            });
    waits.awaitQueued(pool, 1).thread().interrupt();
    assertTrue(waits.join());
    held.close();
    assertTrue(pool.tryLease().isPresent());
  }

  @Test
  void anInterruptedThreadGetsWhatIsFree() {
    ObjectPool<Item> pool = one().build();
    Thread.currentThread().interrupt();
    pool.lease().close();
    assertTrue(Thread.interrupted());
  }

  @Test
  void whoLeavesTheLineDoesNotKeepTheNextFromTheObject() throws Exception {
    ObjectPool<Item> pool = one().build();
    Lease<Item> held = pool.lease();
    Background<Lease<Item>> first = Background.start(() -> pool.lease(FOREVER));
    first.awaitQueued(pool, 1);
    Background<Lease<Item>> second = Background.start(() -> pool.lease(FOREVER));
    second.awaitQueued(pool, 2);
    first.thread().interrupt();
    assertTrue(first.failure() instanceof PoolInterruptedException);
    held.close();
    second.join().close();
  }

  @Test
  void aPoolMayRefuseAtOnce() {
    ObjectPool<Item> pool = one().whenExhausted(WhenExhausted.FAIL).build();
    try (Lease<Item> held = pool.lease()) {
      PoolExhaustedException e =
          assertThrows(PoolExhaustedException.class, () -> pool.lease(FOREVER));
      assertTrue(e.getMessage().contains("are in use, and none came back;"), e.getMessage());
      assertFalse(held.get().isClosed());
    }
    pool.lease().close();
    assertEquals(0, pool.stats().waits());
  }

  @Test
  void aPoolMayMakeMoreThanItsBoundAndKeepsNone() {
    ObjectPool<Item> pool = one().whenExhausted(WhenExhausted.OVERFLOW).build();
    Item beyond;
    try (Lease<Item> held = pool.lease();
        Lease<Item> more = pool.lease(Duration.ZERO)) {
      beyond = more.get();
      assertNotSame(held.get(), beyond);
      assertTrue(pool.tryLease().isEmpty());
      assertEquals(1, pool.stats().overflowing());
      assertEquals(1, pool.stats().leased());
      Item acquired = pool.acquire();
      pool.release(acquired);
      assertTrue(acquired.isClosed());
      assertThrows(IllegalArgumentException.class, () -> pool.release(acquired));
      Lease<Item> broken = pool.lease();
      broken.invalidate();
      broken.close();
    }
    assertTrue(beyond.isClosed());
    assertEquals(1, beyond.closed.get());
    PoolStats stats = pool.stats();
    assertEquals(0, stats.overflowing());
    assertEquals(3, stats.overflowed());
    assertEquals(4, stats.leases());
    assertEquals(1, stats.idle());
    assertEquals(1, stats.invalidated());
    pool.close();
  }
}
