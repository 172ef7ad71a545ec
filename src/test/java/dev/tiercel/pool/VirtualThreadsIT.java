package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Many more threads than objects: 10,000 virtual ones where the JVM has them, else 500. */
class VirtualThreadsIT {
  private static final int OBJECTS = 10;
  private static final int CALLS = 20;

  @Test
  void manyThreadsShareFewObjects() throws Exception {
    boolean virtual = Runtime.version().feature() >= 21;
    int threads = virtual ? 10_000 : 500;
    ObjectPool<Item> pool = ObjectPool.of(Item::new).maxSize(OBJECTS).build();
    AtomicLong violations = new AtomicLong();
    CountDownLatch done = new CountDownLatch(threads);
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      started.add(
          start(
              virtual,
              () -> {
                for (int call = 0; call < CALLS; call++) {
                  pool.use(item -> count(item, violations));
                }
                done.countDown();
              }));
    }
    assertTrue(done.await(5, TimeUnit.MINUTES), () -> pool.stats() + " of " + started.size());
    assertEquals(0, violations.get());
    assertEquals((long) threads * CALLS, pool.stats().leases());
    assertEquals(0, pool.stats().refused());
    assertTrue(pool.stats().created() <= OBJECTS);
    pool.close();
  }

  private static long count(Item item, AtomicLong violations) {
    if (item.holder != null) {
      violations.incrementAndGet();
    }
    item.holder = Thread.currentThread();
    LockSupport.parkNanos(1); // So that others come while it is held.
    item.holder = null;
    return ++item.count;
  }

  private static Thread start(boolean virtual, Runnable work) throws Exception {
    if (!virtual) {
      Thread thread = new Thread(work);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }
    try {
      return (Thread)
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
    } catch (InvocationTargetException e) {
      throw new AssertionError(e.getCause());
    }
  }
}
