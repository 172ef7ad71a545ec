package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the tiers rely on, whatever codec they are given. */
public abstract class CodecContract {
  private static final TypeRef<Sample> SAMPLE = TypeRef.of(Sample.class);
  private static final Instant AT = Instant.parse("2026-11-25T09:30:00.123456789Z");

  protected Codec codec;

  @BeforeEach
  final void makeCodec() {
    codec = codec();
  }

  /** A fresh one. */
  protected abstract Codec codec();

  /** What comes back, from between other bytes. */
  @SuppressWarnings("unchecked")
  protected final <V> V roundTrip(V value, TypeRef<V> type) throws IOException {
    byte[] bytes = codec.encode(value, type);
    byte[] among = new byte[bytes.length + 11];
    Arrays.fill(among, (byte) 0x5a);
    System.arraycopy(bytes, 0, among, 7, bytes.length);
    return (V) codec.decode(among, 7, bytes.length, type);
  }

  private <V> void comesBack(V value, TypeRef<V> type) throws IOException {
    assertEquals(value, roundTrip(value, type));
  }

  @Test
  void aRecordOfEverythingComesBack() throws IOException {
    for (int number : new int[] {0, 1, -1, 6, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      comesBack(Sample.of("täxt \uD83D\uDE00 \0\n" + number, number, AT), SAMPLE);
    }
  }

  @Test
  void aDecodedValueIsEncodedTheSame() throws IOException {
    Sample sample = Sample.of("text", 7, AT);
    assertArrayEquals(
        codec.encode(sample, SAMPLE), codec().encode(roundTrip(sample, SAMPLE), SAMPLE));
  }

  @Test
  void extremesOfTimeComeBack() throws IOException {
    TypeRef<Instant> instant = TypeRef.of(Instant.class);
    for (Instant at : List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, AT, AT.minusNanos(1))) {
      comesBack(at, instant);
    }
    TypeRef<Duration> duration = TypeRef.of(Duration.class);
    comesBack(Duration.ofSeconds(Long.MIN_VALUE), duration);
    comesBack(Duration.ofSeconds(Long.MAX_VALUE, 999_999_999), duration);
    comesBack(Duration.ofNanos(-1), duration);
  }

  @Test
  void setsAndMapsKeepTheirOrder() throws IOException {
    Set<String> set = new LinkedHashSet<>();
    Map<Integer, String> map = new LinkedHashMap<>();
    for (int i = 100; i > 0; i--) {
      set.add("value " + i * 37);
      map.put(i * 37, "value");
    }
    assertEquals(
        new ArrayList<>(set), new ArrayList<>(roundTrip(set, new TypeRef<Set<String>>() {})));
    assertEquals(
        new ArrayList<>(map.keySet()),
        new ArrayList<>(roundTrip(map, new TypeRef<Map<Integer, String>>() {}).keySet()));
  }

  @Test
  void arraysComeBack() throws IOException {
    byte[] bytes = new byte[70_000];
    new Random(1).nextBytes(bytes);
    assertArrayEquals(bytes, roundTrip(bytes, TypeRef.of(byte[].class)));
    long[] longs = {0, -1, Long.MAX_VALUE};
    assertArrayEquals(longs, roundTrip(longs, TypeRef.of(long[].class)));
    String[][] texts = {{"a", null}, {}};
    assertArrayEquals(texts, roundTrip(texts, TypeRef.of(String[][].class)));
  }

  @Test
  void optionalsComeBack() throws IOException {
    TypeRef<Optional<String>> type = new TypeRef<>() {};
    comesBack(Optional.empty(), type);
    comesBack(Optional.of(""), type);
  }

  @Test
  void longTextsComeBack() throws IOException {
    comesBack("x".repeat(21_000_000), TypeRef.of(String.class));
    comesBack("\uD83D\uDE00é".repeat(100_000), TypeRef.of(String.class));
  }

  @Test
  void aFormHasOneName() {
    assertFalse(codec.id().isBlank());
    assertEquals(codec.id(), codec().id());
  }

  @Test
  void aTypeHasOneFingerprint() {
    assertEquals(
        codec.fingerprint(new TypeRef<List<Sample>>() {}),
        codec().fingerprint(new TypeRef<List<Sample>>() {}));
  }

  @Test
  void typesHaveFingerprintsOfTheirOwn() {
    List<TypeRef<?>> types =
        List.of(
            SAMPLE,
            TypeRef.of(Sample[].class),
            TypeRef.of(Sample.Part.class),
            new TypeRef<List<Sample>>() {},
            new TypeRef<Set<Sample>>() {},
            new TypeRef<List<Sample.Part>>() {},
            new TypeRef<Optional<Sample>>() {},
            new TypeRef<Map<String, Sample>>() {},
            new TypeRef<Map<Integer, Sample>>() {},
            TypeRef.of(int.class),
            TypeRef.of(Integer.class),
            TypeRef.of(String.class));
    Set<Long> fingerprints = new HashSet<>();
    types.forEach(type -> fingerprints.add(codec.fingerprint(type)));
    assertEquals(types.size(), fingerprints.size());
  }

  @Test
  void aTypeThatMayBeAnythingIsRefused() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> codec.fingerprint(new TypeRef<List<Runnable>>() {}));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("java.lang.Runnable") && message.contains("record"), message);
    TypeRef<List<Runnable>> type = new TypeRef<>() {};
    assertThrows(IllegalArgumentException.class, () -> codec.encode(List.of(), type));
    assertThrows(IllegalArgumentException.class, () -> codec.decode(new byte[3], 0, 3, type));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] bytes = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    for (int length = 0; length < bytes.length; length++) {
      int cut = length;
      assertThrows(IOException.class, () -> codec.decode(bytes, 0, cut, SAMPLE), () -> "" + cut);
    }
  }

  @Test
  void bytesBehindTheValueAreRefused() throws IOException {
    byte[] bytes = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(IOException.class, () -> codec.decode(longer, 0, longer.length, SAMPLE));
  }

  @Test
  void bytesThatAreNotInTheArrayAreRefused() throws IOException {
    byte[] bytes = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    int[][] ranges = {
      {-1, 3}, {0, -1}, {1, bytes.length}, {bytes.length + 1, 0}, {3, Integer.MIN_VALUE}
    };
    for (int[] range : ranges) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> codec.decode(bytes, range[0], range[1], SAMPLE));
    }
  }

  @Test
  void nullIsNoValue() {
    assertThrows(NullPointerException.class, () -> codec.encode(null, SAMPLE));
    assertThrows(NullPointerException.class, () -> codec.decode(null, 0, 0, SAMPLE));
  }

  @Test
  void theBytesAreNotChanged() throws IOException {
    byte[] bytes = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    byte[] before = bytes.clone();
    codec.decode(bytes, 0, bytes.length, SAMPLE);
    assertArrayEquals(before, bytes);
  }

  @Test
  void noFlippedByteDoesHarm() throws IOException {
    byte[] bytes = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    for (int i = 0; i < bytes.length; i++) {
      for (int flip : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
        byte[] flipped = bytes.clone();
        flipped[i] ^= (byte) flip;
        decodesOrRefuses(flipped, SAMPLE);
      }
    }
  }

  @Test
  void noGarbageDoesHarm() throws IOException {
    Random random = new Random(20261125);
    byte[] start = codec.encode(Sample.of("text", 12345, AT), SAMPLE);
    for (int i = 0; i < 4_000; i++) {
      byte[] garbage = new byte[random.nextInt(80)];
      random.nextBytes(garbage);
      int kept = Math.min(garbage.length, random.nextInt(8));
      System.arraycopy(start, 0, garbage, 0, kept); // Else the magic stops all of it.
      for (TypeRef<?> type :
          List.of(
              SAMPLE,
              new TypeRef<List<Sample.Part>>() {},
              TypeRef.of(byte[].class),
              TypeRef.of(String.class),
              TypeRef.of(Instant.class))) {
        decodesOrRefuses(garbage, type);
      }
    }
  }

  /** Decodes what may be broken: a value of the type, or an IOException, and nothing else. */
  protected final void decodesOrRefuses(byte[] bytes, TypeRef<?> type) {
    try {
      Object value = codec.decode(bytes, 0, bytes.length, type);
      assertTrue(type.raw().isInstance(value), () -> "a " + value.getClass());
      assertNotEquals(0, bytes.length);
    } catch (IOException e) {
      assertNotEquals("", e.getMessage());
    }
  }
}
