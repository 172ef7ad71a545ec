package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What every tier below memory does about room, threads and figures. */
abstract class CacheTierBoundContract extends TierFixture {
  @Test
  void aRecordThatIsTooLargeIsRefusedWithWhatItWouldReplace() throws Exception {
    reopen(SMALL);
    put(record("a", 5, 100), record("b", 5, 100), record("c", 5, 100));
    long refused = tier.use().refused();
    put(record("a", 6, (int) SMALL * 2), record("b", 4, (int) SMALL * 2));
    assertGone("a");
    assertKept(record("b", 5, 100)); // It would have lost to what is there.
    assertKept(record("c", 5, 100));
    assertTrue(tier.use().refused() > refused);
    put(record("a", 7, 100));
    assertKept(record("a", 7, 100));
  }

  @Test
  void clearingRemovesEverythingAndGivesTheRoomBack() throws Exception {
    for (int i = 0; i < 50; i++) {
      put(record("k" + i, i, 100_000));
    }
    long before = tier.use().bytes();
    assertTrue(before >= 5_000_000, () -> before + " bytes");
    tier.clear();
    assertEquals(0, tier.use().entries());
    assertTrue(tier.use().bytes() < 500_000, () -> tier.use().bytes() + " bytes");
    assertGone("k1");
    put(record("k1", 0, 10));
    assertKept(record("k1", 0, 10));
    reopen(ROOMY);
    assertKept(record("k1", 0, 10));
    assertGone("k2");
  }

  @Test
  void theFiguresTellWhatIsThere() {
    assertEquals(ROOMY, tier.use().maxBytes());
    put(record("a", 1, 1000), record("b", 1, 1000));
    put(record("a", 2, 1000));
    TierUse use = tier.use();
    assertEquals(2, use.entries());
    assertTrue(use.bytes() >= 2000, use::toString);
    assertTrue(use.bytes() <= ROOMY, use::toString);
    assertEquals(0, use.evicted());
    assertEquals(0, use.refused());
    assertEquals(0, use.damaged());
  }

  @Test
  void theFilesStayBelowTheirBoundAndTheNewestRecordsStay() throws Exception {
    reopen(SMALL);
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      TierRecord record = record("k" + i, i, random.nextInt(8_000));
      put(record);
      assertKept(record);
      TierUse use = tier.use();
      assertTrue(use.bytes() <= SMALL + SMALL / 10, use::toString);
    }
    for (int i = 1_990; i < 2_000; i++) {
      assertNotNull(tier.get("k" + i), "k" + i);
    }
    TierUse use = tier.use();
    assertTrue(use.evicted() > 1_000, use::toString);
    assertTrue(use.bytes() > SMALL / 2, use::toString);
    assertEquals(2_000, use.entries() + use.evicted());
    reopen(SMALL);
    assertTrue(tier.use().bytes() <= SMALL + SMALL / 10);
    assertNotNull(tier.get("k1999"));
  }

  @Test
  void manyAtOnceStayBelowTheBoundToo() throws Exception {
    reopen(SMALL);
    for (int round = 0; round < 5; round++) {
      List<TierRecord> records = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        records.add(record("k" + i, round, 10_000));
      }
      tier.put(records);
      TierUse use = tier.use();
      assertTrue(use.bytes() <= SMALL + SMALL / 10, use::toString);
      assertKept(record("k299", round, 10_000));
    }
  }

  @Test
  void aSmallerBoundIsKeptFromTheFirstPutOn() throws Exception {
    for (int i = 0; i < 100; i++) {
      put(record("k" + i, i, 100_000));
    }
    reopen(SMALL);
    put(record("new", 1, 100));
    assertTrue(tier.use().bytes() <= SMALL + SMALL / 10, () -> tier.use().toString());
    assertKept(record("new", 1, 100));
  }

  @Test
  void closingTwiceDoesNothing() throws Exception {
    put(record("a", 1, 10));
    tier.close();
    tier.close();
    tier = open(ROOMY);
    assertKept(record("a", 1, 10));
  }

  @Test
  void readersBesideAWriterSeeWholeRecordsThatNeverGrowOlder() throws Exception {
    reopen(SMALL * 4);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<Long>> readers = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        readers.add(threads.submit(() -> readUntil(over)));
      }
      for (int order = 0; order < 300; order++) {
        List<TierRecord> batch = new ArrayList<>();
        for (int key = 0; key < 8; key++) {
          batch.add(record("k" + key, order, 500 + (order * 37 + key) % 9_000));
        }
        tier.put(batch);
        if (order % 50 == 0) {
          assertEquals(0, tier.removeIf(record -> record.order() < 0));
        }
      }
      over.set(true);
      for (Future<Long> reader : readers) {
        assertTrue(reader.get() >= 0);
      }
    } finally {
      over.set(true);
      threads.shutdown();
    }
  }

  private long readUntil(AtomicBoolean over) {
    long[] last = new long[8];
    Arrays.fill(last, -1);
    long hits = 0;
    while (!over.get()) {
      for (int key = 0; key < last.length; key++) {
        TierRecord found = tier.get("k" + key);
        if (found != null) {
          assertTrue(found.order() >= last[key], "an older record came back");
          last[key] = found.order();
          assertArrayEquals(
              bytes("k" + key, found.order(), found.bytes().length), found.bytes(), "k" + key);
          hits++;
        }
      }
    }
    return hits;
  }

  @Test
  void anInterruptedCallerLeavesTheTierWholeAndStaysInterrupted() {
    put(record("a", 1, 10), record("b", 1, 100_000));
    Thread.currentThread().interrupt();
    try {
      tier.get("a");
      assertTrue(Thread.currentThread().isInterrupted(), "after get");
      put(record("c", 1, 10));
      assertTrue(Thread.currentThread().isInterrupted(), "after put");
      tier.removeIf(record -> false);
      assertTrue(Thread.currentThread().isInterrupted(), "after removeIf");
    } catch (CacheTierException e) {
      // It may not be able to.
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertKept(record("a", 1, 10));
    assertKept(record("b", 1, 100_000));
    put(record("d", 1, 10));
    assertKept(record("d", 1, 10));
  }
}
