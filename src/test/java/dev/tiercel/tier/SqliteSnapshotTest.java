package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers keep their snapshot from read to read, which nobody may notice. */
class SqliteSnapshotTest {
  private static final int THREADS = 4;

  @TempDir Path folder;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private SqliteTier tier;

  @BeforeEach
  void open() {
    tier = SqliteTier.builder(folder.resolve("cache.db")).maxBytes(4 << 20).open();
  }

  @AfterEach
  void close() {
    threads.shutdown();
    tier.close();
  }

  private static TierRecord record(String key, long order, int length) {
    return new TierRecord(key, order, Long.MAX_VALUE, new byte[length]);
  }

  /** All readers have a snapshot afterwards, and then nothing to do. */
  private void readEverywhere() throws Exception {
    List<Callable<TierRecord>> reads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      reads.add(() -> tier.get("key"));
    }
    for (Future<TierRecord> read : threads.invokeAll(reads)) {
      read.get();
    }
  }

  @Test
  void idleReadersDoNotKeepTheLogFromBeingEmptied() throws Exception {
    for (int i = 0; i < 40; i++) {
      readEverywhere();
      tier.put(List.of(record("key " + i, i, 100_000))); // The log has room for a few of these.
    }
    readEverywhere();
    tier.removeIf(record -> true);
    assertEquals(0, tier.use().entries());
    assertTrue(tier.use().bytes() < 200_000, () -> tier.use().toString());
  }

  @Test
  void whatWasPutOrRemovedIsSeenByEveryReader() throws Exception {
    readEverywhere();
    for (int i = 1; i <= 20; i++) {
      long order = i;
      tier.put(List.of(record("key", order, 10)));
      Callable<Long> seenBy = this::order;
      for (Future<Long> seen : threads.invokeAll(Collections.nCopies(THREADS, seenBy))) {
        assertEquals(order, seen.get());
      }
      tier.removeIf(record -> true);
      readEverywhere();
      assertNull(tier.get("key"));
    }
  }

  private long order() {
    TierRecord found = tier.get("key");
    assertNotNull(found);
    return found.order();
  }

  @Test
  void whatAPutHasReturnedFromIsReadWhileTheLogIsEmptied() throws Exception {
    AtomicLong put = new AtomicLong();
    tier.put(List.of(record("key", 0, 10)));
    List<Future<?>> reading = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      reading.add(
          threads.submit(
              () -> {
                while (put.get() < 300) {
                  long least = put.get();
                  long seen = order();
                  assertTrue(seen >= least, () -> seen + " after " + least);
                }
              }));
    }
    try {
      for (int i = 1; i <= 300; i++) {
        tier.put(List.of(record("key", i, 10), record("other", i, 20_000)));
        put.set(i);
      }
    } finally {
      put.set(300);
    }
    for (Future<?> one : reading) {
      one.get();
    }
  }
}
