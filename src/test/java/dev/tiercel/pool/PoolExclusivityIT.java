package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No object ever has two holders, and none is lost, whatever its holders do: give back, invalidate,
 * release by hand, time out, while upkeep takes out what is old. Each holder adds one to a plain
 * number of the object; one that is added by two at once is lost, and the sum tells.
 *
 * <p>{@code -Dpool.claims=34000000} makes so many claims for each size.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PoolExclusivityIT {
  private static final long CLAIMS = Long.getLong("pool.claims", 200_000);
  private static final int THREADS = 8;

  private final AtomicLong counted = new AtomicLong();
  private final AtomicLong violations = new AtomicLong();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void neverTwoHoldersAndNeverALostObject(int size) throws Exception {
    claimAll(pool(size), size, CLAIMS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void norTheLongWay(int size) throws Exception {
    claimAll(
        pool(size)
            .whenExhausted(size == 3 ? WhenExhausted.OVERFLOW : WhenExhausted.WAIT)
            .onRelease(item -> assertNull(item.holder))
            .validateIdle(item -> item.holder == null && item.count % 100 != 0)
            .idleTimeout(Duration.ofMillis(10))
            .minIdle(1)
            .traceBorrowers(1000),
        size,
        CLAIMS / 4);
  }

  private ObjectPoolBuilder<Item> pool(int size) {
    return ObjectPool.of(Item::new)
        .maxSize(size)
        .maxAge(Duration.ofMillis(20))
        .upkeepEvery(Duration.ofMillis(5))
        .onDispose(
            item -> {
              counted.addAndGet(item.count);
              item.close();
            });
  }

  private void claimAll(ObjectPoolBuilder<Item> settings, int size, long claims) throws Exception {
    ObjectPool<Item> pool = settings.build();
    List<Background<Long>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      SplittableRandom random = new SplittableRandom(size * 100L + i);
      threads.add(Background.start(() -> claim(pool, random, claims / THREADS)));
    }
    long claimed = 0;
    for (Background<Long> thread : threads) {
      claimed += thread.task().get();
    }
    PoolCloseReport report = pool.close(Duration.ofSeconds(30));
    PoolStats stats = pool.stats();
    assertEquals(0, stats.waiting());
    assertEquals(0, violations.get());
    assertEquals(claims / THREADS * THREADS, claimed);
    assertEquals(claimed, counted.get());
    assertEquals(claimed, stats.leases());
    assertEquals(0, report.stillOut());
    assertEquals(stats.created(), stats.disposed());
    System.out.printf(
        "size %d: %,d claims, %,d waited, %,d refused, %,d objects, longest wait %s%n",
        size, claimed, stats.waits(), stats.refused(), stats.disposed(), stats.longestWait());
  }

  /** Claims in all ways there are. */
  private long claim(ObjectPool<Item> pool, SplittableRandom random, long claims) {
    long claimed = 0;
    while (claimed < claims) {
      int way = random.nextInt(1000);
      if (way < 900) {
        try (Lease<Item> lease = pool.lease()) {
          count(lease.get());
        }
      } else if (way < 950) {
        Item item = pool.acquire();
        count(item);
        pool.release(item);
      } else if (way < 951) {
        Lease<Item> lease = pool.lease();
        count(lease.get());
        lease.invalidate();
      } else if (way < 980) {
        claimed += pool.tryLease().map(this::countAndClose).orElse(0) - 1;
      } else {
        claimed += briefly(pool) - 1;
      }
      claimed++;
    }
    return claimed;
  }

  private int countAndClose(Lease<Item> lease) {
    try (lease) {
      count(lease.get());
    }
    return 1;
  }

  private int briefly(ObjectPool<Item> pool) {
    try (Lease<Item> lease = pool.lease(Duration.ofNanos(5000))) {
      count(lease.get());
      return 1;
    } catch (PoolExhaustedException e) {
      return 0;
    }
  }

  private void count(Item item) {
    Thread me = Thread.currentThread();
    if (item.holder != null || item.isClosed()) {
      violations.incrementAndGet();
    }
    item.holder = me;
    item.count++;
    if (item.holder != me) {
      violations.incrementAndGet();
    }
    item.holder = null;
  }
}
