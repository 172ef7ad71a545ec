package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What closing a pool does to objects, to borrowers and to those who wait. */
class ClosingTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private static ObjectPoolBuilder<Item> pool(int size) {
    ObjectPoolBuilder<Item> settings = ObjectPool.of(Item::new).name("items").maxSize(size);
    settings.looksAgain = false; // Whoever is not woken sleeps on, and the test fails.
    return settings;
  }

  @Test
  void aClosedPoolServesNobody() {
    ObjectPool<Item> pool = pool(2).build();
    Lease<Item> lease = pool.lease();
    Item item = lease.get();
    lease.close();
    pool.close();
    assertTrue(item.isClosed());
    PoolClosedException e = assertThrows(PoolClosedException.class, pool::lease);
    assertEquals("the pool 'items' is closed", e.getMessage());
    assertThrows(PoolClosedException.class, pool::tryLease);
    assertThrows(PoolClosedException.class, pool::acquire);
    assertThrows(PoolClosedException.class, () -> pool.use(any -> any));
    assertThrows(PoolClosedException.class, () -> pool.lease(Duration.ZERO));
    assertEquals(1, pool.stats().created());
  }

  @Test
  void whatIsStillOutIsReportedAndDisposedOfWhenItComesBack() {
    ObjectPool<Item> pool = pool(3).traceBorrowers(1).build();
    pool.lease().close();
    Lease<Item> late = pool.lease();
    Item acquired = pool.acquire();
    PoolCloseReport report = pool.close(Duration.ZERO);
    assertEquals("items", report.name());
    assertEquals(2, report.stillOut());
    assertEquals(0, report.disposed());
    assertEquals(2, report.borrowers().size());
    assertTrue(
        Arrays.stream(report.borrowers().get(0).getStackTrace())
            .anyMatch(frame -> frame.getMethodName().startsWith("whatIsStillOut")));
    assertFalse(late.get().isClosed());
    Item item = late.get();
    late.close();
    pool.release(acquired);
    assertTrue(item.isClosed());
    assertTrue(acquired.isClosed());
    assertThrows(IllegalStateException.class, late::close);
    assertEquals(2, pool.stats().disposed());
    assertThrows(PoolClosedException.class, pool::lease);
  }

  @Test
  void closingWaitsForWhatIsOut() throws Exception {
    ObjectPool<Item> pool = pool(1).build();
    Lease<Item> lease = pool.lease();
    Item item = lease.get();
    Background<PoolCloseReport> closing = Background.start(() -> pool.close(FOREVER));
    Background.await(() -> refuses(pool));
    assertFalse(item.isClosed());
    lease.close();
    PoolCloseReport report = closing.join();
    assertEquals(1, report.disposed());
    assertEquals(0, report.stillOut());
    assertEquals(1, item.closed.get());
    assertSame(report, pool.close(Duration.ZERO));
  }

  private static boolean refuses(ObjectPool<Item> pool) {
    try {
      pool.tryLease().ifPresent(Lease::close);
      return false;
    } catch (PoolClosedException e) {
      return true;
    }
  }

  @Test
  void anInterruptEndsTheWaitingOfAClose() throws Exception {
    ObjectPool<Item> pool = pool(1).build();
    Lease<Item> lease = pool.lease();
    Thread.currentThread().interrupt();
    assertEquals(1, pool.close(FOREVER).stillOut());
    assertTrue(Thread.interrupted());
    lease.close();
  }

  @Test
  void whoWaitsIsTold() throws Exception {
    ObjectPool<Item> pool = pool(1).build();
    Lease<Item> lease = pool.lease();
    Background<Lease<Item>> one = Background.start(() -> pool.lease(FOREVER));
    one.awaitQueued(pool, 1);
    Background<Lease<Item>> other = Background.start(() -> pool.lease(FOREVER));
    other.awaitQueued(pool, 2);
    pool.close();
    assertTrue(one.failure() instanceof PoolClosedException);
    assertTrue(other.failure() instanceof PoolClosedException);
    lease.close();
  }

  @Test
  void anObjectThatIsMadeWhileThePoolIsClosedIsDisposedOf() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Item> made = new AtomicReference<>();
    ObjectPool<Item> pool =
        ObjectPool.of(
                () -> {
                  entered.countDown();
                  go.await();
                  made.set(new Item());
                  return made.get();
                })
            .build();
    Background<Lease<Item>> caller = Background.start(pool::lease);
    entered.await();
    PoolCloseReport report = pool.close(Duration.ZERO);
    assertEquals(1, report.stillOut());
    go.countDown();
    assertTrue(caller.failure() instanceof PoolClosedException);
    assertTrue(made.get().isClosed());
  }

  @Test
  void anObjectBeyondTheBoundThatIsMadeMeanwhileIsDisposedOf() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicReference<Item> made = new AtomicReference<>();
    ObjectPool<Item> pool =
        ObjectPool.of(
                () -> {
                  if (made.getAndSet(new Item()) != null) {
                    entered.countDown();
                    go.await();
                  }
                  return made.get();
                })
            .maxSize(1)
            .whenExhausted(WhenExhausted.OVERFLOW)
            .build();
    Lease<Item> held = pool.lease();
    Background<Lease<Item>> beyond = Background.start(pool::lease);
    entered.await();
    held.close();
    assertEquals(0, pool.close(FOREVER).stillOut());
    go.countDown();
    assertTrue(beyond.failure() instanceof PoolClosedException);
    assertTrue(made.get().isClosed());
    assertEquals(0, pool.stats().overflowing());
  }

  @Test
  void aDisposalByABorrowerMayClosePoolsThatAreBeingClosed() throws Exception {
    AtomicReference<ObjectPool<Item>> self = new AtomicReference<>();
    ObjectPool<Item> pool = pool(1).onDispose(item -> self.get().close()).build();
    self.set(pool);
    Lease<Item> lease = pool.lease();
    Background<PoolCloseReport> closing = Background.start(() -> pool.close(FOREVER));
    Background.await(() -> refuses(pool));
    lease.close();
    assertEquals(1, closing.join().disposed());
  }

  @Test
  void whoClosesAgainWaitsNoLongerThanHeSays() throws Exception {
    ObjectPool<Item> pool = pool(1).build();
    Lease<Item> lease = pool.lease();
    Background<PoolCloseReport> closing = Background.start(() -> pool.close(FOREVER));
    Background.await(() -> refuses(pool));
    assertEquals(1, pool.close(Duration.ZERO).stillOut());
    Thread.currentThread().interrupt();
    assertEquals(1, pool.close(FOREVER).stillOut());
    assertTrue(Thread.interrupted());
    lease.close();
    assertEquals(0, closing.join().stillOut());
  }

  @Test
  void aDisposalMayCloseThePool() {
    AtomicReference<ObjectPool<Item>> self = new AtomicReference<>();
    AtomicReference<PoolCloseReport> inner = new AtomicReference<>();
    ObjectPool<Item> pool =
        pool(1).onDispose(item -> inner.set(self.get().close(Duration.ZERO))).build();
    self.set(pool);
    pool.lease().close();
    PoolCloseReport report = pool.close(FOREVER);
    assertEquals(1, inner.get().stillOut());
    assertEquals(0, report.stillOut());
    assertEquals(1, report.disposed());
  }
}
