package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The tags of an entry: keys first, each once, and never too many. */
class TagSetTest {
  private static final int EVERYTHING = TagHash.half(TagHash.EVERYTHING);
  private static final int ANY_KEY = TagHash.half(TagHash.ANY_KEY);
  private static final int ANY_PATTERN = TagHash.half(TagHash.ANY_PATTERN);

  private static void assertHolds(TagSet set, int... halves) {
    int[] held = new int[set.size()];
    Arrays.setAll(held, set::half);
    assertArrayEquals(halves, held);
  }

  /** Halves of tags are not negative. */
  private static TagSet tags(int from, int count) {
    return TagSet.ofHalves(IntStream.range(from, from + count).toArray());
  }

  /** Halves of keys and prefixes are negative. */
  private static TagSet keys(int from, int count) {
    return TagSet.ofHalves(IntStream.range(from, from + count).map(i -> ~i).toArray());
  }

  @Test
  void keysComeFirstAndEachIsOnce() {
    int[] given = {7, -3, 7, 1, -5, -3, 9};
    TagSet set = TagSet.ofHalves(given);
    assertHolds(set, -5, -3, 1, 7, 9);
    assertEquals(2, set.keys());
    assertEquals(0, tags(1, 4).keys());
    assertArrayEquals(new int[] {7, -3, 7, 1, -5, -3, 9}, given);
  }

  @Test
  void noTagsAreOneSet() {
    assertSame(TagSet.NONE, TagSet.ofHalves(new int[0]));
    assertSame(TagSet.NONE, TagSet.of(Tags.of()));
    assertSame(TagSet.NONE, TagSet.NONE.and(TagSet.NONE));
  }

  private static TagSet spread(int i) {
    return TagSet.ofHalves(IntStream.range(0, 4).map(k -> (4 * i + k) * 0x9e3779b9).toArray());
  }

  /* Some give way to others: the table that knows them is small. */
  @Test
  void mostSetsThatWereMadeAMomentAgoAreUsedAgain() {
    List<TagSet> made = IntStream.range(0, 1_000).mapToObj(TagSetTest::spread).toList();
    List<TagSet> again = IntStream.range(0, 1_000).mapToObj(TagSetTest::spread).toList();
    assertEquals(1_000, made.stream().distinct().count());
    long same = IntStream.range(0, 1_000).filter(i -> made.get(i) == again.get(i)).count();
    assertTrue(same > 700, "used again: " + same);
  }

  /* So many that each place of the table has been another's. */
  @Test
  void noSetIsTakenForAnother() {
    for (int i = 1; i < 20_000; i++) {
      assertHolds(TagSet.ofHalves(new int[] {0, i}), 0, i);
      assertHolds(TagSet.ofHalves(new int[] {0}), 0);
      assertHolds(TagSet.ofHalves(new int[] {-i}), -i);
      assertHolds(TagSet.ofHalves(new int[] {-i, 0}), -i, 0);
      assertHolds(TagSet.ofHalves(new int[] {0, 1, 2, 3, i + 3}), 0, 1, 2, 3, i + 3);
    }
  }

  @Test
  void bothHoldWhatEitherHolds() {
    TagSet one = TagSet.ofHalves(new int[] {5, -2});
    assertHolds(one.and(TagSet.ofHalves(new int[] {6, -4, 5})), -4, -2, 5, 6);
    assertHolds(one.and(TagSet.NONE), -2, 5);
    assertHolds(TagSet.NONE.and(one), -2, 5);
    assertSame(one, one.and(one));
  }

  @Test
  void moreThan256TagsAreEverything() {
    assertHolds(tags(0, 200).and(tags(200, 56)), IntStream.range(0, 256).toArray());
    assertHolds(tags(0, 200).and(tags(200, 57)), EVERYTHING);
    TagSet keyed = keys(7, 2).and(tags(0, 200));
    assertEquals(258, keyed.and(tags(200, 56)).size());
    assertHolds(keyed.and(tags(200, 57)), ~8, ~7, EVERYTHING);
  }

  @Test
  void moreThan256KeysAreAnyKey() {
    TagSet tagged = keys(0, 200).and(tags(3, 2));
    TagSet most = tagged.and(keys(200, 56));
    assertEquals(258, most.size());
    assertEquals(256, most.keys());
    assertHolds(tagged.and(keys(200, 57)), ANY_PATTERN, ANY_KEY, 3, 4);
    assertHolds(
        keys(0, 257).and(tags(0, 200)).and(tags(200, 57)), ANY_PATTERN, ANY_KEY, EVERYTHING);
  }

  private static int[] read(String key, String... prefixes) {
    List<Long> hashes = new ArrayList<>(List.of(TagHash.ofKey(key.hashCode())));
    hashes.add(TagHash.ANY_PATTERN);
    for (String prefix : prefixes) {
      hashes.add(TagHash.ofPrefix(prefix));
    }
    return hashes.stream().mapToInt(TagHash::half).sorted().toArray();
  }

  @Test
  void aKeyThatWasReadComesWithItsPrefixes() {
    assertHolds(TagSet.NONE.andKey("key"), read("key"));
    assertHolds(TagSet.NONE.andKey("a:b:c"), read("a:b:c", "a:", "a:b:"));
    String deep = "a:b:c:d:e:f:g";
    assertHolds(
        TagSet.NONE.andKey(deep), read(deep, "a:", "a:b:", "a:b:c:", "a:b:c:d:", "a:b:c:d:e:"));
    TagSet tagged = tags(1, 1).andKey("key");
    assertEquals(3, tagged.size());
    assertEquals(2, tagged.keys());
    assertEquals(1, tagged.half(2));
  }

  @Test
  void aPrefixOfUpToFiveSegmentsIsATagOfItsKeys() {
    assertTrue(TagSet.isSegmentPrefix("tasks:"));
    assertTrue(TagSet.isSegmentPrefix("a:b:c:d:e:"));
    assertFalse(TagSet.isSegmentPrefix("a:b:c:d:e:f:"));
    assertFalse(TagSet.isSegmentPrefix("tasks"));
  }

  @Test
  void tooManyTagsOfAnEntryAreTheirKinds() {
    assertEquals(256, TagSet.of(Caches.many("task", 256)).size());
    int kind = TagHash.half(Tag.of("task").kindHash());
    assertHolds(TagSet.of(Caches.many("task", 257)), kind);
  }

  @Test
  void aWriteRaisesItsTagsAndTheirKindsUnlessTheyAreTooMany() {
    Tag task = Tag.of("task", "42");
    Tag agent = Tag.of("agent", "a7");
    assertArrayEquals(
        LongStream.of(
                TagHash.EVERYTHING, task.hash(), task.kindHash(), agent.hash(), agent.kindHash())
            .sorted()
            .toArray(),
        TagSet.raisedBy(List.of(task, agent)));
    assertEquals(258, TagSet.raisedBy(Caches.many("task", 256).list()).length);
    assertNull(TagSet.raisedBy(Caches.many("task", 257).list()));
  }
}
