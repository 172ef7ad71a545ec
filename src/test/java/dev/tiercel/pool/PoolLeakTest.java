package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CapturedLog;
import dev.tiercel.resource.LeakWatch;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** A pool that nobody closed. */
class PoolLeakTest {
  @Test
  void itIsToldWithThePlaceThatBuiltItAndItsThreadEnds() throws Exception {
    try (CapturedLog log = new CapturedLog(LeakWatch.class)) {
      WeakReference<Thread> upkeep = leak();
      collectUntil(() -> log.text().contains("'the pool lost' was never closed"));
      collectUntil(() -> log.text().contains("PoolLeakTest.leak")); // Its trace comes after it.
      collectUntil(
          () -> {
            Thread thread = upkeep.get();
            return thread == null || !thread.isAlive();
          });
    }
  }

  private static WeakReference<Thread> leak() throws Exception {
    ObjectPool<Thread> pool =
        ObjectPool.of(Thread::currentThread)
            .name("lost")
            .minIdle(1)
            .maxAge(Duration.ofMinutes(1))
            .upkeepEvery(Duration.ofMillis(1))
            .build();
    Background.await(() -> pool.stats().idle() > 0);
    return new WeakReference<>(pool.use(thread -> thread));
  }

  @Test
  void oneThatWasClosedIsNotTold() throws Exception {
    try (CapturedLog log = new CapturedLog(LeakWatch.class)) {
      closed();
      leak();
      collectUntil(() -> log.text().contains("'the pool lost' was never closed"));
      assertFalse(log.text().contains("the pool closed"), log.text());
    }
  }

  private static void closed() {
    ObjectPool<Item> pool = ObjectPool.of(Item::new).name("closed").build();
    pool.lease().close();
    pool.close();
  }

  private static void collectUntil(BooleanSupplier seen) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!seen.getAsBoolean() && System.nanoTime() < deadline) {
      System.gc();
    }
    assertTrue(seen.getAsBoolean());
  }
}
