package dev.tiercel.soak;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.FileTier;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A cache of other values, whose loaders throw now and then and whose tier fails for a while. */
final class Beside implements AutoCloseable {
  private static final int VALUES = 2_000;

  private final Complaints complaints;
  private final Done done;
  private final Ledger ledger = Ledger.inMemory();
  private final TieredCache cache;
  private final TypedCache<String> texts;
  private final AtomicLongArray numbers = new AtomicLongArray(VALUES);
  private final Lock[] locks =
      Stream.generate(ReentrantLock::new).limit(VALUES).toArray(Lock[]::new);
  private volatile boolean isBroken;

  Beside(Path folder, Complaints complaints, Done done) {
    this.complaints = complaints;
    this.done = done;
    cache =
        TieredCache.builder()
            .ledger(ledger)
            .entries(200)
            .onlyWriter()
            .tier(flaky(FileTier.builder(folder).maxBytes(1 << 20).open()))
            .build();
    texts = cache.typed(String.class);
  }

  private CacheTier flaky(CacheTier tier) {
    return (CacheTier)
        Proxy.newProxyInstance(
            Beside.class.getClassLoader(),
            new Class<?>[] {CacheTier.class},
            (proxy, method, arguments) -> {
              if (isBroken && !method.getName().matches("name|use|close")) {
                done.tierFailures.increment();
                throw new CacheTierException("the tier fails on purpose", null);
              }
              try {
                return method.invoke(tier, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  void breakOrMend(boolean broken) {
    isBroken = broken;
  }

  void step(Random random) {
    int i = Math.min(random.nextInt(VALUES), random.nextInt(VALUES));
    if (random.nextInt(20) == 0) {
      locks[i].lock();
      PendingWrite write = ledger.begin(Tag.of("value", Integer.toString(i)));
      try {
        numbers.incrementAndGet(i);
      } finally {
        write.close();
        locks[i].unlock();
      }
      return;
    }
    long least = numbers.get(i);
    String text =
        texts.get(
            "value:" + i,
            Tag.of("value", Integer.toString(i)),
            () -> {
              if (random.nextInt(50) == 0) {
                throw new SoakFault(SoakFault.Maker.LOADER);
              }
              return numbers.get(i) + ";" + "y".repeat(i);
            });
    long number = Long.parseLong(text.substring(0, text.indexOf(';')));
    if (number < least) {
      complaints.add("value " + i + " was " + number + ", where " + least + " was known");
    }
  }

  @Override
  public void close() {
    cache.close();
  }
}
