package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What the user's own code may do to a pool: fail, block, return nothing. */
class ObjectCareTest {
  @Test
  void aFactoryThatThrowsTellsItsCallerOnce() {
    AtomicReference<Exception> next = new AtomicReference<>(new IOException("no route"));
    ObjectPool<Item> pool =
        ObjectPool.of(
                () -> {
                  Exception e = next.getAndSet(null);
                  if (e != null) {
                    throw e;
                  }
                  return new Item();
                })
            .name("items")
            .maxSize(1)
            .build();
    PoolCreationException e = assertThrows(PoolCreationException.class, pool::lease);
    assertTrue(e.getMessage().contains("the factory of the pool 'items'"), e.getMessage());
    assertEquals("no route", e.getCause().getMessage());
    pool.lease().close();
    assertEquals(1, pool.stats().creationFailures());
    assertEquals(1, pool.stats().created());
    pool.close();
  }

  @Test
  void aFactoryThatReturnsNullOrThrowsAnErrorLeavesThePlaceFree() {
    AtomicInteger calls = new AtomicInteger();
    Error error = new AssertionError("broken");
    ObjectPool<Item> pool =
        ObjectPool.of(
                () ->
                    switch (calls.getAndIncrement()) {
                      case 0 -> null;
                      case 1 -> throw error;
                      case 2 -> throw new InterruptedException();
                      default -> new Item();
                    })
            .maxSize(1)
            .build();
    assertTrue(
        assertThrows(PoolCreationException.class, pool::lease)
            .getMessage()
            .contains("returned null"));
    assertSame(error, assertThrows(AssertionError.class, pool::lease));
    assertThrows(PoolCreationException.class, pool::lease);
    assertTrue(Thread.interrupted());
    pool.lease().close();
    assertEquals(3, pool.stats().creationFailures());
    pool.close();
  }

  @Test
  void aFactoryThatBlocksHoldsUpNobodyElse() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    ObjectPool<Item> pool =
        ObjectPool.of(
                () -> {
                  if (calls.getAndIncrement() == 0) {
                    entered.countDown();
                    go.await();
                  }
                  return new Item();
                })
            .maxSize(2)
            .build();
    Background<Lease<Item>> slow = Background.start(pool::lease);
    entered.await();
    try (Lease<Item> mine = pool.lease()) {
      assertEquals(1, pool.stats().leased());
      assertThrows(PoolExhaustedException.class, () -> pool.lease(Duration.ZERO));
      go.countDown();
      Lease<Item> made = slow.join();
      assertNotSame(mine.get(), made.get());
      made.close();
    }
    assertEquals(2, pool.stats().idle());
    pool.close();
  }

  @Test
  void whoWaitsGetsTheRoomOfAFailedFactory() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    ObjectPool<Item> pool =
        ObjectPool.of(
                () -> {
                  if (calls.getAndIncrement() == 0) {
                    go.await();
                    throw new IOException("no");
                  }
                  return new Item();
                })
            .maxSize(1)
            .build();
    Background<Lease<Item>> fails = Background.start(pool::lease);
    Background.await(() -> calls.get() > 0);
    Background<Lease<Item>> waits = Background.start(pool::lease).awaitQueued(pool, 1);
    go.countDown();
    assertTrue(fails.failure() instanceof PoolCreationException);
    waits.join().close();
    pool.close();
  }

  @Test
  void anObjectIsMadeReadyBeforeAnybodyElseHasIt() {
    ObjectPool<StringBuilder> pool =
        ObjectPool.of(StringBuilder::new).maxSize(1).onRelease(text -> text.setLength(0)).build();
    for (int i = 0; i < 3; i++) {
      try (Lease<StringBuilder> lease = pool.lease()) {
        assertEquals(0, lease.get().length());
        lease.get().append("used");
      }
    }
    StringBuilder acquired = pool.acquire();
    acquired.append("used");
    pool.release(acquired);
    assertEquals(0, acquired.length());
    assertEquals(1, pool.stats().created());
    assertEquals(4, pool.stats().leases());
    pool.close();
  }

  @Test
  void anObjectThatIsBeingMadeReadyIsNotLeasedAndNotReleasedAgain() throws Exception {
    CountDownLatch resetting = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    ObjectPool<Item> pool =
        ObjectPool.of(Item::new)
            .maxSize(1)
            .onRelease(
                item -> {
                  resetting.countDown();
                  go.await();
                })
            .build();
    Item item = pool.acquire();
    Background<Boolean> releases =
        Background.start(
            () -> {
              pool.release(item);
              return true;
            });
    resetting.await();
    assertThrows(IllegalStateException.class, () -> pool.release(item));
    assertTrue(pool.tryLease().isEmpty());
    assertEquals(0, pool.stats().leased());
    go.countDown();
    releases.join();
    assertSame(item, pool.lease().get());
    pool.close();
  }

  @Test
  void anObjectWhoseLeaseIsEndingIsNotReleasedAsWell() {
    AtomicReference<ObjectPool<Item>> self = new AtomicReference<>();
    AtomicInteger refused = new AtomicInteger();
    ObjectPool<Item> pool =
        ObjectPool.of(Item::new)
            .onRelease(
                item -> {
                  assertThrows(IllegalStateException.class, () -> self.get().release(item));
                  refused.incrementAndGet();
                })
            .build();
    self.set(pool);
    pool.lease().close();
    assertEquals(1, refused.get());
    assertEquals(1, pool.stats().idle());
    assertEquals(1, pool.stats().leases());
    pool.close();
  }

  @Test
  void anObjectThatCannotBeMadeReadyIsReplaced() throws Exception {
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      ObjectPool<Item> pool =
          ObjectPool.of(Item::new)
              .maxSize(1)
              .onRelease(
                  item -> {
                    throw new IOException("torn");
                  })
              .build();
      Item first;
      try (Lease<Item> lease = pool.lease()) {
        first = lease.get();
      }
      assertTrue(first.isClosed());
      try (Lease<Item> lease = pool.lease()) {
        assertNotSame(first, lease.get());
      }
      assertEquals(2, pool.stats().invalid());
      assertTrue(log.text().contains("could not be reset"), log.text());
      pool.close();
    }
  }

  @Test
  void aDisposalThatThrowsIsLoggedAndReported() throws Exception {
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      ObjectPool<Item> pool =
          ObjectPool.of(Item::new)
              .name("items")
              .onDispose(
                  item -> {
                    throw new IOException("stuck");
                  })
              .build();
      try (Lease<Item> lease = pool.lease()) {
        lease.invalidate();
      }
      pool.lease().close();
      PoolCloseReport report = pool.close(Duration.ZERO);
      assertEquals(1, report.disposed());
      assertEquals(0, report.stillOut());
      assertEquals(
          List.of("stuck"), report.failures().stream().map(Throwable::getMessage).toList());
      assertEquals(2, pool.stats().disposalFailures());
      assertTrue(log.text().contains("'items' could not be disposed of"), log.text());
    }
  }

  @Test
  void whatCannotBeClosedIsDropped() {
    ObjectPool<Object> pool = ObjectPool.of(Object::new).build();
    pool.lease().close();
    assertEquals(
        new PoolCloseReport("objects", 1, 0, List.of(), List.of()), pool.close(Duration.ZERO));
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
