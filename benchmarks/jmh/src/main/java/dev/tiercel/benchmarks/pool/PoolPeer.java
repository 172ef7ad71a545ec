package dev.tiercel.benchmarks.pool;

import com.zaxxer.hikari.util.ConcurrentBag;
import dev.tiercel.pool.Lease;
import dev.tiercel.pool.ObjectPool;
import dev.tiercel.pool.ObjectPoolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import stormpot.Allocator;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolBuilder;
import stormpot.Slot;
import stormpot.Timeout;

/** A pool of boxes, filled. */
public enum PoolPeer {
  /** Tiercel, by lease. */
  TIERCEL {
    @Override
    Subject open(int size) {
      return leasing(tiercel(size));
    }
  },

  /** Tiercel, by lease, with an age after which an object is replaced. */
  TIERCEL_AGED {
    @Override
    Subject open(int size) {
      return leasing(tiercel(size).maxAge(Duration.ofMinutes(8)));
    }
  },

  /** Tiercel, by the object itself. */
  TIERCEL_ACQUIRE {
    @Override
    Subject open(int size) {
      ObjectPool<Box> pool = tiercel(size).build();
      return new Subject(
          work -> {
            Box box = pool.acquire();
            work.on(box);
            pool.release(box);
          },
          pool);
    }
  },

  /** Stormpot whose objects never expire. */
  STORMPOT {
    @Override
    Subject open(int size) {
      return stormpot(stormpotBuilder(size).setExpiration(Expiration.never()));
    }
  },

  /** Stormpot as it comes: each claim looks at the age. */
  STORMPOT_AGED {
    @Override
    Subject open(int size) {
      return stormpot(stormpotBuilder(size));
    }
  },

  /** Commons Pool 2. */
  COMMONS_POOL {
    @Override
    Subject open(int size) {
      GenericObjectPool<Box> pool = new GenericObjectPool<>(new Boxes());
      pool.setMaxTotal(size);
      pool.setMaxIdle(size);
      return new Subject(
          work -> {
            Box box = pool.borrowObject();
            work.on(box);
            pool.returnObject(box);
          },
          pool);
    }
  },

  /** What HikariCP keeps its connections in. */
  HIKARI_BAG {
    @Override
    Subject open(int size) {
      ConcurrentBag<Box> bag =
          new ConcurrentBag<>(waiting -> CompletableFuture.completedFuture(true));
      boxes(size).forEach(bag::add);
      return new Subject(
          work -> {
            Box box = bag.borrow(60, TimeUnit.SECONDS);
            work.on(box);
            bag.requite(box);
          },
          bag);
    }
  },

  /** The JDK's queue. */
  ARRAY_BLOCKING_QUEUE {
    @Override
    Subject open(int size) {
      BlockingQueue<Box> queue = new ArrayBlockingQueue<>(size, false, boxes(size));
      return new Subject(
          work -> {
            Box box = queue.poll(60, TimeUnit.SECONDS);
            work.on(box);
            queue.add(box);
          },
          queue::clear);
    }
  };

  /** A pool that is open: a cycle of it, and its end. */
  record Subject(Cycle cycle, AutoCloseable pool) {}

  /** Takes a box, has the work done, and gives the box back. */
  interface Cycle {
    void run(Work work) throws Exception;
  }

  /** Is done on a box that nobody else has. */
  interface Work {
    void on(Box box);
  }

  private static final class Boxes extends BasePooledObjectFactory<Box> {
    @Override
    public Box create() {
      return new Box();
    }

    @Override
    public PooledObject<Box> wrap(Box box) {
      return new DefaultPooledObject<>(box);
    }
  }

  private static final class Boxer implements Allocator<Box> {
    @Override
    public Box allocate(Slot slot) {
      return new Box(slot);
    }

    @Override
    public void deallocate(Box box) {
      // Nothing to close.
    }
  }

  abstract Subject open(int size) throws Exception;

  private static ObjectPoolBuilder<Box> tiercel(int size) {
    return ObjectPool.of(Box::new).maxSize(size).leaseTimeout(Duration.ofMinutes(1));
  }

  private static Subject leasing(ObjectPoolBuilder<Box> settings) {
    ObjectPool<Box> pool = settings.build();
    return new Subject(
        work -> {
          try (Lease<Box> lease = pool.lease()) {
            work.on(lease.get());
          }
        },
        pool);
  }

  private static PoolBuilder<Box> stormpotBuilder(int size) {
    return Pool.from(new Boxer()).setSize(size);
  }

  private static Subject stormpot(PoolBuilder<Box> settings) {
    Pool<Box> pool = settings.build();
    Timeout timeout = new Timeout(1, TimeUnit.MINUTES);
    return new Subject(
        work -> {
          Box box = pool.claim(timeout);
          work.on(box);
          box.release();
        },
        () -> {
          if (!pool.shutdown().await(timeout)) {
            throw new TimeoutException("Stormpot does not end");
          }
        });
  }

  private static List<Box> boxes(int size) {
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      boxes.add(new Box());
    }
    return boxes;
  }
}
