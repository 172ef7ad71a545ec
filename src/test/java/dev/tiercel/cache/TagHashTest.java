package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The hashes of tags are written to disk, so they stay what they are; and they are spread well. */
class TagHashTest {
  private static final int SLOTS = 1 << 18;

  @ParameterizedTest
  @CsvSource({
    "task:42, 72d6ad8cfd338529, 2fd4dfb2838a49e4, c549d8d9a6971cf1, b8253a2462eadda5",
    "tasks, 61cea8d9114b688f, 11e009c09c2b105f, aec430d1d000e75e, a3d8d2d669d86204",
    "tasks:, 932c5a3c566408f, e6c1cc1be46b27c, c209f7129c7786d3, de80555076debb06",
    "agent:agent-7, f91d13212b3f8fe, 115635df4902b66b, b7c241f133b522ab, b62ec387f7ab7401",
    "x, 6a4f9505be85405, 279c333bc9f44db3, 8edc2389c7d16cb9, d989996fca1a18e8",
    "task:日本, 6a6c5a1fe17ddd5f, 1d5fae801582d6f0, e49541d4c5e52b8b, a8f25328d5e6f109",
    "task:😀, 12040b50db862640, 64e12ea9b6a465a0, a0bcde5e3dc1d978, e8acc9d546b5dbe5"
  })
  void theHashesStayWhatTheyAre(String text, String tag, String kind, String prefix, String key) {
    assertEquals(tag, Long.toHexString(TagHash.of(TagHash.TAG, text)));
    assertEquals(kind, Long.toHexString(TagHash.of(TagHash.KIND, text)));
    assertEquals(prefix, Long.toHexString(TagHash.ofPrefix(text)));
    assertEquals(key, Long.toHexString(TagHash.ofKey(text.hashCode())));
  }

  @ParameterizedTest
  @CsvSource({
    "task:42, 693f4cf91f063693",
    "tasks, 22fd90c896179a0b",
    "task:日本, c08d6470e04e5",
    "task:😀, 265e23a4b86b1b1b"
  })
  void theHashOfWhatIsStoredStaysWhatItIs(String key, String stored) {
    assertEquals(stored, Long.toHexString(TagHash.ofStored(key.hashCode())));
  }

  @Test
  void thoseThatStandForManyStayWhatTheyAre() {
    assertEquals(0x2545f4914f6cdd1dL, TagHash.EVERYTHING);
    assertEquals(0xe7037ed1a0b428dbL, TagHash.ANY_KEY);
    assertEquals(0x8ebc6af09c88c6e3L, TagHash.ANY_PATTERN);
  }

  @Test
  void keysAndPrefixesAreNegativeAndTagsAreNot() {
    for (int i = 0; i < 1_000; i++) {
      assertTrue(TagHash.ofPrefix("task:" + i) < 0 && TagHash.ofKey(i) < 0);
      assertTrue(TagHash.of(TagHash.TAG, "task:" + i) >= 0);
      assertTrue(TagHash.of(TagHash.KIND, "task:" + i) >= 0);
      assertTrue(TagHash.ofStored(i) >= 0);
    }
  }

  @Test
  void halfAHashIsItsLowestBitsAndItsSign() {
    assertEquals(0x7654_3210, TagHash.half(0x0123_4567_7654_3210L));
    assertEquals(0x7654_3210, TagHash.half(0x0123_4567_f654_3210L));
    assertEquals(0xf654_3210, TagHash.half(0xf123_4567_7654_3210L));
    assertEquals(0xf654_3210, TagHash.half(0x8000_0000_f654_3210L));
  }

  @Test
  void aTagHasTheHashOfItsTextAndOfItsKind() {
    Tag tag = Tag.of("task", "a:b");
    assertEquals(TagHash.of(TagHash.TAG, "task:a%3Ab"), tag.hash());
    assertEquals(TagHash.of(TagHash.KIND, "task"), tag.kindHash());
    assertEquals(TagHash.of(TagHash.KIND, "tasks"), Tag.of("tasks").kindHash());
    assertEquals(TagHash.of(TagHash.KIND, ""), Tag.of(":42").kindHash());
    assertEquals(Tag.of("task:42").hashCode(), Tag.of("task", "42").hashCode());
    assertNotEquals(Tag.of("task:42").hashCode(), Tag.of("task:43").hashCode());
  }

  static Stream<IntFunction<String>> names() {
    return Stream.of(
        i -> "task:" + i,
        i -> "task:" + Integer.toHexString(i * 0x9e3779b9),
        i -> i + ":task",
        i -> "agent:agent-" + i);
  }

  /* So many slots are used by chance, give or take some. */
  @ParameterizedTest
  @MethodSource("names")
  void namesAreSpreadOverTheSlotsAsByChance(IntFunction<String> name) {
    assertSpread(i -> TagHash.of(TagHash.TAG, name.apply(i)), 0.98);
    assertSpread(i -> TagHash.of(TagHash.KIND, name.apply(i)), 0.98);
    assertSpread(i -> TagHash.ofPrefix(name.apply(i)), 0.98);
  }

  private static void assertSpread(IntToLongFunction hash, double share) {
    int n = SLOTS / 8;
    long used =
        IntStream.range(0, n).map(i -> (int) hash.applyAsLong(i) & (SLOTS - 1)).distinct().count();
    double expected = SLOTS * (1 - Math.exp(-(double) n / SLOTS));
    assertTrue(used > expected * share, "slots used: " + used + " of about " + expected);
  }

  /* Two texts may have one hash code: their keys fall together. */
  @ParameterizedTest
  @MethodSource("names")
  void keysAreSpreadAsWell(IntFunction<String> name) {
    assertSpread(i -> TagHash.ofKey(name.apply(i).hashCode()), 0.9);
  }

  @Test
  void theSpacesOfNamesAreApart() {
    Set<Long> hashes = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      hashes.add(TagHash.of(TagHash.TAG, "task:" + i));
      hashes.add(TagHash.of(TagHash.KIND, "task:" + i));
      hashes.add(TagHash.ofPrefix("task:" + i));
      hashes.add(TagHash.ofKey(("task:" + i).hashCode()));
    }
    assertEquals(40_000, hashes.size());
  }
}
