package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The index against a map of the JDK; its places and its hashes. */
class TierIndexTest {
  private record Entry(long order, long place) {}

  @Test
  void itDoesWhatAMapDoes() {
    Random random = new Random(1);
    TierIndex index = new TierIndex();
    Map<Long, Entry> model = new HashMap<>();
    long[] hashes = random.longs(3_000).toArray();
    for (int i = 0; i < 300_000; i++) {
      // Few shards, and in them few homes: long rows of entries that stand in each other's way.
      long hash = hashes[random.nextInt(hashes.length)] & 0x83ff_0000_0000_00ffL;
      long order = random.nextInt(100);
      long place = Place.of(1 + random.nextInt(20), random.nextInt(1000) * 8, 8 * i % 4096);
      Entry old = model.get(hash);
      switch (random.nextInt(i % 50_000 < 25_000 ? 4 : 9)) {
        case 0, 1, 2 -> {
          assertEquals(old != null && old.order() > order, index.isNewer(hash, order));
          index.put(hash, order, place);
          if (old == null || old.order() <= order) {
            model.put(hash, new Entry(order, place));
          }
        }
        case 3 -> assertEquals(old == null ? 0 : old.place(), index.read(hash));
        case 4, 5 ->
            assertEquals(
                old != null && model.remove(hash, old),
                index.remove(hash, old == null ? place : old.place()));
        case 6 -> {
          index.removeUpTo(hash, order);
          if (old != null && old.order() <= order) {
            model.remove(hash);
          }
        }
        case 7 -> {
          if (old != null) {
            long to = Place.of(21, 8 * i, Place.length(old.place()));
            index.move(hash, place, to);
            index.move(hash, old.place(), to);
            model.put(hash, new Entry(old.order(), to));
            assertTrue(index.isAt(hash, to));
          }
        }
        default -> {
          if (i % 100 == 0) {
            int slot = 1 + random.nextInt(20);
            long before = model.size();
            model.values().removeIf(entry -> Place.slot(entry.place()) == slot);
            assertEquals(before - model.size(), index.drop(slot));
          }
        }
      }
      assertEquals(model.size(), index.entries());
    }
    model.forEach((hash, entry) -> assertEquals(entry.place(), index.read(hash)));
    assertEquals(
        model.values().stream().mapToLong(entry -> TierIndex.cost(entry.place())).sum(),
        index.liveBytes());
    index.clear();
    assertEquals(0, index.entries());
    assertEquals(0, index.liveBytes());
  }

  @Test
  void anEntryTakesAtMost48BytesWhenThereAreMany() {
    Random random = new Random(2);
    TierIndex index = new TierIndex();
    for (int i = 1; i <= 1_000_000; i++) {
      index.put(random.nextLong(), 1, Place.of(1, 8, 8));
      if (i > 100_000 && i % 10_000 == 0) {
        long bytes = index.capacity() * 24 / index.entries();
        assertTrue(bytes >= 32 && bytes <= 49, bytes + " bytes at " + i);
      }
    }
  }

  @Test
  void aPlaceHoldsTheGreatestNumbers() {
    int offset = Place.MAX_SEGMENT - Place.ALIGNMENT;
    long place = Place.of(Place.SLOTS - 1, offset, Place.MAX_LENGTH);
    for (long either : new long[] {place, Place.read(place)}) {
      assertEquals(Place.SLOTS - 1, Place.slot(either));
      assertEquals(offset, Place.offset(either));
      assertEquals(Place.MAX_LENGTH, Place.length(either));
      assertEquals(place, Place.bare(either));
      assertEquals(either != place, Place.wasRead(either));
    }
    long least = Place.of(1, 0, 8);
    assertEquals(1, Place.slot(least));
    assertEquals(0, Place.offset(least));
    assertEquals(8, Place.length(least));
  }

  @Test
  void textsOfOneEncodingAreTold() {
    EncodedKey mark = EncodedKey.of("a?");
    EncodedKey broken = EncodedKey.of("a\uD800");
    assertNotEquals(mark.hash(), broken.hash());
    assertEquals("a?", mark.text());
    assertEquals("a\uD800", broken.text());
    assertFalse(broken.isSame(EncodedKey.of("\u00FFa\uD800").bytes()));
  }
}
