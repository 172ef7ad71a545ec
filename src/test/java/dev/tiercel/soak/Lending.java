package dev.tiercel.soak;

import dev.tiercel.pool.Lease;
import dev.tiercel.pool.ObjectPool;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** Borrows from an object pool that is too small, and finds out whether two have one object. */
final class Lending {
  private final ObjectPool<AtomicBoolean> pool;

  Lending(Stack stack) {
    pool = stack.pool;
  }

  void step(Random random) {
    for (int i = 0; i < 1_000; i++) {
      try (Lease<AtomicBoolean> lease = pool.lease()) {
        if (!lease.get().compareAndSet(false, true)) {
          throw new IllegalStateException("an object is lent to two");
        }
        int kind = random.nextInt(50);
        if (kind == 0) {
          Thread.onSpinWait();
        }
        lease.get().set(false);
        if (kind == 1) {
          lease.invalidate();
        }
      }
    }
  }
}
