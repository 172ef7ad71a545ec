package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What one commit voids, and what several void that become one. */
class RaiseTest {
  private static Raise hashes(long... hashes) {
    return new Raise(hashes, List.of(), false);
  }

  private static Raise range(int from, int count) {
    return hashes(LongStream.range(from, from + count).toArray());
  }

  private static Raise patterns(int from, int count) {
    List<String> patterns =
        IntStream.range(from, from + count).mapToObj(i -> "p" + i + "*").toList();
    return new Raise(new long[0], patterns, false);
  }

  private static Raise both(Raise one, Raise other) {
    Raise both = one.and(other);
    assertArrayEquals(both.hashes(), other.and(one).hashes());
    assertEquals(both.everything(), other.and(one).everything());
    return both;
  }

  @Test
  void bothInOneCommitVoidWhatEitherVoids() {
    Raise one = new Raise(new long[] {-4, 2, 9}, List.of("a*", "b*"), false);
    Raise other = new Raise(new long[] {-7, 2, 3}, List.of("b*", "c*"), false);
    assertArrayEquals(new long[] {-7, -4, 2, 3, 9}, both(one, other).hashes());
    assertEquals(List.of("a*", "b*", "c*"), one.and(other).patterns());
    assertFalse(one.and(other).everything());
    assertArrayEquals(new long[] {1, 2, 3}, both(range(1, 1), range(2, 2)).hashes());
  }

  @Test
  void nothingAddsNothing() {
    Raise tags = range(0, 2 * TagSet.MAX + 2);
    assertSame(tags, Raise.NONE.and(tags));
    assertSame(tags, tags.and(Raise.NONE));
    assertTrue(Raise.NONE.and(Raise.NONE).isNothing());
  }

  @Test
  void everythingIsMoreThanAnything() {
    assertSame(Raise.EVERYTHING, both(Raise.EVERYTHING, range(1, 2)));
    assertSame(Raise.EVERYTHING, both(Raise.EVERYTHING, Raise.pattern("a*")));
    assertSame(Raise.EVERYTHING, both(Raise.EVERYTHING, Raise.NONE));
  }

  @Test
  void tooManyTagsAreEverything() {
    int most = 2 * TagSet.MAX + 1;
    assertEquals(most, both(range(0, 300), range(most - 300, 300)).hashes().length);
    assertSame(Raise.EVERYTHING, both(range(0, 300), range(most - 299, 300)));
  }

  @Test
  void tooManyPatternsAreEverything() {
    int most = Versions.MAX_BANS;
    assertEquals(most, both(patterns(0, 20), patterns(most - 20, 20)).patterns().size());
    assertSame(Raise.EVERYTHING, both(patterns(0, 20), patterns(most - 19, 20)));
  }

  @Test
  void aTagManyTimesIsOneAndTooManyAreEverything() {
    Tag tag = Tag.of("task", "42");
    assertArrayEquals(
        TagSet.raisedBy(List.of(tag)), Raise.tags(List.of(tag, tag, Tag.of("task:42"))).hashes());
    assertFalse(Raise.tags(Caches.many("task", TagSet.MAX).list()).everything());
    assertSame(Raise.EVERYTHING, Raise.tags(Caches.many("task", TagSet.MAX + 1).list()));
  }

  @Test
  void onlyWhatNamesKeysIsKeyed() {
    assertTrue(Raise.key("tasks:1").isKeyed());
    assertTrue(Raise.segments("tasks:").isKeyed());
    assertTrue(Raise.pattern("tasks:*").isKeyed(), "what was computed from any key");
    assertFalse(Raise.stored("tasks:1").isKeyed());
    assertFalse(Raise.tags(List.of(Tag.of("task", "42"))).isKeyed());
    assertFalse(hashes(0).isKeyed());
    assertFalse(Raise.NONE.isKeyed());
    assertFalse(Raise.EVERYTHING.isKeyed());
  }

  @Test
  void onlyNothingIsNothing() {
    assertTrue(Raise.NONE.isNothing());
    assertFalse(Raise.EVERYTHING.isNothing());
    assertFalse(hashes(7).isNothing());
    assertFalse(patterns(0, 1).isNothing());
  }

  @Test
  void aKeyOrPrefixIsRaisedWithWhatStandsForAnyInOrder() {
    for (int i = 0; i < 100; i++) {
      String key = "tasks:" + i;
      assertPair(TagHash.ofKey(key.hashCode()), Raise.key(key));
      assertPair(TagHash.ofPrefix(key + ":"), Raise.segments(key + ":"));
    }
  }

  private static void assertPair(long hash, Raise raise) {
    long[] both = {hash, TagHash.ANY_KEY};
    Arrays.sort(both);
    assertArrayEquals(both, raise.hashes());
  }
}
