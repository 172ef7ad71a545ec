package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** How room is won back. */
class FileTierReclaimTest extends FileTierFixture {
  private static final long MAX = 256 << 10;

  private void openSmall() {
    tier.close();
    tier = open(MAX);
  }

  private void openWithRoom() {
    tier.close();
    tier = FileTier.builder(folder).maxBytes(MAX * 16).segmentBytes((int) MAX / 8).open();
  }

  private void assertBelowBound() throws IOException {
    long bytes = bytesIn(folder);
    assertTrue(bytes <= MAX, bytes + " bytes");
    assertEquals(bytes, tier.use().bytes());
  }

  @Test
  void theFilesAreNeverAboveTheBound() throws IOException {
    openSmall();
    Random random = new Random(3);
    for (int i = 0; i < 3_000; i++) {
      int length = random.nextInt(i % 7 == 0 ? 15_000 : 300);
      put(record("k" + random.nextInt(800), i, length));
      tier.get("k" + random.nextInt(800));
      assertBelowBound();
      if (i % 500 == 499) {
        openSmall();
        assertBelowBound();
      }
    }
  }

  @Test
  void theBoundHoldsWhileRecordsAreMoved() throws Exception {
    tier.close();
    tier = FileTier.builder(folder).maxBytes(MAX).segmentBytes((int) MAX / 8).open();
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Long> most = thread.submit(() -> mostBytes(over));
      for (int i = 0; i < 1_000; i++) {
        put(record("k" + i, 1, 1_000));
        for (int j = Math.max(0, i - 300); j < i; j++) {
          tier.get("k" + j);
        }
      }
      over.set(true);
      assertTrue(most.get() <= MAX + MAX / 10, most.get() + " bytes");
    } finally {
      over.set(true);
      thread.shutdown();
    }
  }

  private long mostBytes(AtomicBoolean over) {
    long most = 0;
    while (!over.get()) {
      most = Math.max(most, tier.use().bytes());
    }
    return most;
  }

  @Test
  void tinyRecordsCountWithTheirLinesInTheFooter() throws IOException {
    openSmall();
    for (int i = 0; i < 20_000; i++) {
      put(recordOf("" + i, i));
      assertTrue(tier.use().bytes() <= MAX, tier.use()::toString);
    }
    assertTrue(tier.use().entries() > MAX / 100, tier.use()::toString);
  }

  @Test
  void whatIsReadStaysAndTheRestGoes() {
    openSmall();
    for (int i = 0; i < 20; i++) {
      put(record("hot" + i, 1, 500), record("cold" + i, 1, 2_000));
    }
    for (int i = 0; i < 2_000; i++) {
      put(record("stream" + i, 1, 1_000));
      assertKept(record("hot" + i % 20, 1, 500));
    }
    for (int i = 0; i < 20; i++) {
      assertKept(record("hot" + i, 1, 500));
      assertGone("cold" + i);
    }
  }

  @Test
  void whatIsReadNoMoreGoesTheNextTime() {
    openSmall();
    put(record("hot", 1, 500));
    assertKept(record("hot", 1, 500));
    for (int i = 0; i < 1_000; i++) {
      put(record("stream" + i, 1, 1_000));
    }
    assertGone("hot");
  }

  @Test
  void whereEverythingIsReadRoomIsWonAllTheSame() throws IOException {
    openSmall();
    for (int i = 0; i < 1_000; i++) {
      put(record("k" + i, 1, 1_000));
      for (int j = Math.max(0, i - 300); j < i; j++) {
        tier.get("k" + j);
      }
      assertKept(record("k" + i, 1, 1_000));
      assertBelowBound();
    }
    assertEquals(1_000, tier.use().entries() + tier.use().evicted());
    String newest = segments().get(segments().size() - 1).getFileName().toString();
    assertTrue(newest.compareTo("0000000000000100") < 0, newest + " segments were written");
  }

  @Test
  void whatWasCarriedOverOutlivesARestart() {
    openSmall();
    put(record("hot", 1, 500));
    for (int i = 0; i < 1_000; i++) {
      put(record("stream" + i, 1, 1_000));
      assertKept(record("hot", 1, 500));
    }
    put(record("hot", 0, 400));
    openSmall();
    assertKept(record("hot", 1, 500));
  }

  @Test
  void theRoomOfWhatWasReplacedIsWonBack() throws IOException {
    openWithRoom();
    List<TierRecord> kept = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      kept.add(record("kept" + i, 1, 1_000));
    }
    tier.put(kept);
    for (int i = 0; i < 2_000; i++) {
      put(record("k" + i % 10, i, 1_000));
    }
    assertTrue(bytesIn(folder) < 200_000, bytesIn(folder) + " bytes");
    assertEquals(0, tier.use().evicted());
    kept.forEach(this::assertKept);
    for (int i = 1_990; i < 2_000; i++) {
      assertKept(record("k" + i % 10, i, 1_000));
    }
  }

  @Test
  void theRoomOfWhatWasRemovedIsWonBack() throws IOException {
    openWithRoom();
    for (int i = 0; i < 2_000; i++) {
      put(record("k" + i, i, 1_000));
    }
    assertEquals(1_800, tier.removeIf(record -> record.order() % 10 != 0));
    assertTrue(bytesIn(folder) < 600_000, bytesIn(folder) + " bytes");
    for (int i = 0; i < 2_000; i += 10) {
      assertKept(record("k" + i, i, 1_000));
    }
  }

  @Test
  void clearingDeletesTheFiles() throws IOException {
    for (int i = 0; i < 100; i++) {
      put(record("k" + i, 1, 1_000));
    }
    reopen();
    put(record("new", 1, 10));
    tier.clear();
    assertEquals(List.of(), segments());
    assertEquals(0, tier.use().bytes());
    put(record("k1", 1, 10));
    assertNotNull(tier.get("k1"));
  }

  @Test
  void whatIsAboveASmallerBoundIsGoneFromTheStart() throws IOException {
    for (int i = 0; i < 500; i++) {
      put(record("k" + i, 1, 1_000));
      if (i % 50 == 0) {
        reopen();
      }
    }
    assertTrue(bytesIn(folder) > MAX);
    openSmall();
    assertBelowBound();
    assertEquals(500, tier.use().entries() + tier.use().evicted());
    assertKept(record("k499", 1, 1_000));
  }

  @Test
  void whatIsMovedWhileATestIsRunIsSeenAllTheSame() {
    openWithRoom();
    for (int i = 0; i < 200; i++) {
      put(record("old" + i, 1, 1_000));
    }
    boolean[] moved = {false};
    long removed =
        tier.removeIf(
            record -> {
              if (!moved[0]) {
                moved[0] = true;
                replace(2_000);
              }
              return record.order() == 1;
            });
    assertEquals(200, removed);
    for (int i = 0; i < 200; i++) {
      assertGone("old" + i);
    }
  }

  /* So often that every segment that was there before is compacted. */
  private void replace(int times) {
    for (int i = 0; i < times; i++) {
      put(record("k" + i % 10, 2 + i, 1_000));
    }
  }

  @Test
  void whatIsMovedIsFoundAtAnyMoment() throws Exception {
    openWithRoom();
    List<TierRecord> kept = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      kept.add(record("kept" + i, 1, 1_000));
    }
    tier.put(kept);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      Future<Boolean> reader =
          thread.submit(
              () -> {
                while (!over.get()) {
                  kept.forEach(this::assertKept);
                }
                return true;
              });
      replace(10_000);
      over.set(true);
      assertTrue(reader.get());
    } finally {
      over.set(true);
      thread.shutdown();
    }
  }
}
