package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Only what removes long-lived objects counts, under the names that collectors have in HotSpot. */
class LongLivedTest {
  private Left full = Left.NOTHING;
  private Left marking = Left.NOTHING;
  private long pool;
  private final MixedCollections mixed =
      new MixedCollections(() -> full, () -> marking, () -> pool);

  private static boolean removes(String collector, String pools, String longLived) {
    Set<String> its = Arrays.stream(pools.split(", ")).collect(Collectors.toSet());
    return LongLived.removeDead(collector, its, Set.of(longLived));
  }

  @Test
  void fullCollectionsRemoveWhatIsDead() {
    String serial = "Eden Space, Survivor Space";
    assertFalse(removes("Copy", serial, "Tenured Gen"));
    assertTrue(removes("MarkSweepCompact", serial + ", Tenured Gen", "Tenured Gen"));
    String parallel = "PS Eden Space, PS Survivor Space";
    assertFalse(removes("PS Scavenge", parallel, "PS Old Gen"));
    assertTrue(removes("PS MarkSweep", parallel + ", PS Old Gen", "PS Old Gen"));
    assertTrue(removes("ZGC Cycles", "ZHeap", "ZHeap"));
    assertFalse(removes("ZGC Pauses", "ZHeap", "ZHeap"));
    assertTrue(removes("Shenandoah Cycles", "Shenandoah", "Shenandoah"));
    assertFalse(removes("Shenandoah Pauses", "Shenandoah", "Shenandoah"));
  }

  @Test
  void youngCollectionsAndMarkingDoNotThoughTheyNameTheOldPool() {
    String g1 = "G1 Eden Space, G1 Survivor Space, G1 Old Gen";
    assertTrue(removes("G1 Old Generation", g1, "G1 Old Gen"));
    assertFalse(removes("G1 Young Generation", g1, "G1 Old Gen"));
    assertFalse(removes("G1 Concurrent GC", "G1 Old Gen", "G1 Old Gen"));
    String zgc = "ZGC Young Generation, ZGC Old Generation";
    assertTrue(removes("ZGC Major Cycles", zgc, "ZGC Old Generation"));
    assertFalse(removes("ZGC Major Pauses", zgc, "ZGC Old Generation"));
    assertFalse(removes("ZGC Minor Cycles", zgc, "ZGC Old Generation"));
    assertFalse(
        removes(
            "Shenandoah Cycles", "Shenandoah Young Gen, Shenandoah Old Gen", "Shenandoah Old Gen"));
  }

  @Test
  void aMixedCollectionShowsByAnotherFigure() {
    assertEquals(Left.NOTHING, mixed.get());
    pool = 50;
    assertEquals(new Left(1, 50), mixed.get());
    assertEquals(new Left(1, 50), mixed.get(), "young ones leave the figure");
    pool = 40;
    assertEquals(new Left(2, 40), mixed.get());
  }

  @Test
  void whatMarkingFindsThereIsNotWhatIsLeft() {
    pool = 50;
    assertEquals(new Left(1, 50), mixed.get());
    marking = new Left(1, 90);
    pool = 90;
    assertEquals(new Left(1, 50), mixed.get(), "remark");
    marking = new Left(2, 91);
    pool = 91;
    assertEquals(new Left(1, 50), mixed.get(), "cleanup");
    pool = 60;
    assertEquals(new Left(2, 60), mixed.get());
    marking = new Left(4, 95);
    assertEquals(new Left(2, 60), mixed.get());
  }

  @Test
  void aFullCollectionCountsEvenIfItLeavesTheSame() {
    full = new Left(1, 50);
    pool = 50;
    assertEquals(new Left(1, 50), mixed.get());
    full = new Left(2, 50);
    assertEquals(new Left(2, 50), mixed.get());
    full = new Left(3, 45);
    pool = 40;
    assertEquals(new Left(4, 40), mixed.get(), "a mixed one came after it");
  }

  @Test
  void aCollectionThatComesBetweenTwoLooksIsNotCountedTwice() {
    MixedCollections disturbed =
        new MixedCollections(
            () -> full,
            () -> marking,
            () -> {
              if (full.number() < 2) {
                full = new Left(2, 70); // While the pool is looked at.
              }
              return 70;
            });
    assertEquals(new Left(2, 70), disturbed.get());
    assertEquals(new Left(2, 70), disturbed.get());
  }
}
