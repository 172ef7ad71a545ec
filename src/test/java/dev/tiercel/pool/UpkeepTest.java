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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Age, idle time, tests, refills and leaks; the time and the turn of the upkeep are the test's. */
class UpkeepTest {
  private final AtomicLong now = new AtomicLong();
  private final ScheduledThreadPoolExecutor idle = new ScheduledThreadPoolExecutor(1);
  private ObjectPool<Item> pool;

  /** A pool whose upkeep runs when the test says so: the executor's thread never gets to it. */
  private ObjectPool<Item> open(ObjectPoolBuilder<Item> settings) {
    CountDownLatch never = new CountDownLatch(1);
    idle.execute(
        () -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    pool = settings.name("items").ticker(now::get).upkeep(idle).build();
    return pool;
  }

  @AfterEach
  void close() {
    if (pool != null) {
      pool.close();
    }
    idle.shutdownNow();
  }

  private void later(Duration time) {
    now.addAndGet(time.toNanos());
    pool.upkeep();
  }

  @Test
  void anObjectThatIsTooOldIsReplaced() {
    open(ObjectPool.of(Item::new).maxSize(1).maxAge(Duration.ofMinutes(1)));
    Item first = pool.use(item -> item);
    later(Duration.ofSeconds(59));
    assertSame(first, pool.use(item -> item));
    later(Duration.ofSeconds(1));
    assertTrue(first.isClosed());
    assertEquals(1, pool.stats().expired());
    assertNotSame(first, pool.use(item -> item));
  }

  @Test
  void anObjectThatGrowsTooOldInUseIsDisposedOfWhenItComesBack() {
    open(ObjectPool.of(Item::new).maxSize(2).maxAge(Duration.ofMinutes(1)));
    Lease<Item> lease = pool.lease();
    Item old = lease.get();
    later(Duration.ofMinutes(2));
    assertFalse(old.isClosed());
    Lease<Item> other = pool.lease();
    other.close();
    lease.close();
    assertTrue(old.isClosed());
    assertEquals(1, old.closed.get());
    assertFalse(pool.use(item -> item).isClosed());
    assertEquals(1, pool.stats().expired());
    later(Duration.ZERO);
    assertEquals(1, pool.stats().idle());
  }

  @Test
  void whatLiesIdleForTooLongGoesUnlessItIsToBeThere() {
    open(ObjectPool.of(Item::new).maxSize(4).minIdle(1).idleTimeout(Duration.ofMinutes(1)));
    List<Lease<Item>> leases = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      leases.add(pool.lease());
    }
    Lease<Item> used = leases.remove(0);
    leases.forEach(Lease::close);
    pool.upkeep();
    later(Duration.ofSeconds(59));
    assertEquals(3, pool.stats().idle());
    used.close();
    later(Duration.ofSeconds(1));
    assertEquals(1, pool.stats().idle());
    assertEquals(3, pool.stats().expired());
    assertFalse(pool.use(item -> item).isClosed());
    later(Duration.ofHours(1));
    later(Duration.ofHours(1));
    assertEquals(1, pool.stats().idle());
  }

  @Test
  void aFreshObjectIsNotAsIdleAsTheOneBefore() {
    open(
        ObjectPool.of(Item::new)
            .maxSize(2)
            .minIdle(2)
            .maxAge(Duration.ofMinutes(3))
            .idleTimeout(Duration.ofMinutes(1)));
    pool.upkeep();
    later(Duration.ofMinutes(3));
    assertEquals(2, pool.stats().expired());
    assertEquals(2, pool.stats().idle());
    later(Duration.ofSeconds(59));
    assertEquals(2, pool.stats().expired());
  }

  @Test
  void whatIsToBeThereIsMade() {
    open(ObjectPool.of(Item::new).maxSize(3).minIdle(2));
    pool.upkeep();
    assertEquals(2, pool.stats().idle());
    assertEquals(2, pool.stats().created());
    try (Lease<Item> one = pool.lease();
        Lease<Item> other = pool.lease()) {
      assertNotSame(one.get(), other.get());
      pool.upkeep();
      assertEquals(1, pool.stats().idle());
    }
    assertEquals(3, pool.stats().created());
  }

  @Test
  void aFactoryThatFailsDoesNotEndTheUpkeep() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      open(
          ObjectPool.of(
                  () -> {
                    if (broken.get()) {
                      throw new IOException("no route");
                    }
                    return new Item();
                  })
              .minIdle(1));
      pool.upkeep();
      assertEquals(0, pool.stats().idle());
      assertTrue(log.text().contains("the pool 'items' is to have ready was not made"));
      broken.set(false);
      pool.upkeep();
      assertEquals(1, pool.stats().idle());
    }
  }

  @Test
  void anIdleObjectThatFailsItsTestIsDisposedOf() throws Exception {
    AtomicBoolean valid = new AtomicBoolean(true);
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      open(
          ObjectPool.of(Item::new)
              .maxSize(1)
              .validateIdle(
                  item -> {
                    if (item.count > 0) {
                      throw new IllegalStateException("torn");
                    }
                    return valid.get();
                  }));
      Item first = pool.use(item -> item);
      pool.upkeep();
      assertSame(first, pool.use(item -> item));
      valid.set(false);
      pool.upkeep();
      assertTrue(first.isClosed());
      Item second = pool.use(item -> item);
      second.count = 1;
      pool.upkeep();
      assertTrue(second.isClosed());
      assertTrue(log.text().contains("could not be validated"), log.text());
      assertEquals(2, pool.stats().invalid());
    }
  }

  @Test
  void whatDoesNotComeBackIsToldOnceWithWhoHasIt() throws Exception {
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      open(ObjectPool.of(Item::new).leakAfter(Duration.ofMinutes(1)).traceBorrowers(1));
      Lease<Item> lost = pool.lease();
      pool.upkeep();
      later(Duration.ofSeconds(59));
      assertEquals(0, pool.stats().suspected());
      pool.lease().close();
      later(Duration.ofSeconds(1));
      later(Duration.ofMinutes(1));
      assertEquals(1, pool.stats().suspected());
      assertEquals(1, log.warnings().size(), log.text());
      assertTrue(log.text().contains("has been leased for 60000 ms"), log.text());
      assertTrue(log.text().contains("whatDoesNotComeBackIsTold"), log.text());
      lost.close();
      pool.upkeep();
      assertEquals(0, pool.stats().suspected());
    }
  }

  @Test
  void whatIsUsedAllTheTimeIsNotSuspected() throws Exception {
    try (CapturedLog log = new CapturedLog(ObjectPool.class)) {
      open(ObjectPool.of(Item::new).maxSize(1).leakAfter(Duration.ofMinutes(1)));
      for (int i = 0; i < 10; i++) {
        Lease<Item> lease = pool.lease();
        later(Duration.ofSeconds(50));
        lease.close();
      }
      assertEquals(List.of(), log.warnings());
      pool.lease();
      later(Duration.ZERO);
      later(Duration.ofMinutes(2));
      assertTrue(log.text().contains("traceBorrowers(1) tells who has it"), log.text());
    }
  }

  @Test
  void withoutAnExecutorUpkeepRunsByItself() throws Exception {
    CountDownLatch made = new CountDownLatch(3);
    ObjectPool<Item> own =
        ObjectPool.of(
                () -> {
                  made.countDown();
                  return new Item();
                })
            .minIdle(1)
            .maxAge(Duration.ofMillis(1))
            .build();
    assertTrue(made.await(30, TimeUnit.SECONDS));
    own.close(Duration.ofSeconds(30));
    assertEquals(own.stats().created(), own.stats().disposed());
  }

  @Test
  void anObjectThatIsBeingTestedIsNotReleasedAgain() {
    AtomicReference<Throwable> refused = new AtomicReference<>();
    open(
        ObjectPool.of(Item::new)
            .validateIdle(
                item -> {
                  refused.set(assertThrows(IllegalStateException.class, () -> pool.release(item)));
                  return true;
                }));
    Item item = pool.use(used -> used);
    pool.upkeep();
    assertTrue(refused.get().getMessage().contains("is not leased"));
    assertSame(item, pool.use(used -> used));
  }
}
