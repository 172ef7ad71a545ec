package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Times lie below memory as two numbers; a file that says otherwise is refused. */
class SecondsAndNanosTest {
  private static final TypeRef<List<Long>> NUMBERS = new TypeRef<>() {};
  private static final TypeRef<Instant> INSTANT = TypeRef.of(Instant.class);
  private static final TypeRef<Duration> DURATION = TypeRef.of(Duration.class);

  private final Codec codec = SmileCodec.create();

  /* Files of earlier versions are read on. */
  @Test
  void aTimeIsItsSecondsAndNanoseconds() throws IOException {
    byte[] bytes = codec.encode(List.of(3L, 7L), NUMBERS);
    assertArrayEquals(bytes, codec.encode(Instant.ofEpochSecond(3, 7), INSTANT));
    assertArrayEquals(bytes, codec.encode(Duration.ofSeconds(3, 7), DURATION));
  }

  private void assertRefused(byte[] bytes, String why) {
    for (TypeRef<?> type : List.of(INSTANT, DURATION)) {
      IOException refusal =
          assertThrows(IOException.class, () -> codec.decode(bytes, 0, bytes.length, type), why);
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains(why), message);
    }
  }

  @Test
  void whatIsNotTwoNumbersIsRefused() throws IOException {
    assertRefused(
        codec.encode(3, TypeRef.of(Integer.class)),
        "a time has a VALUE_NUMBER_INT in place of START_ARRAY");
    assertRefused(
        codec.encode(List.of("a", "b"), SmileTypes.TEXTS),
        "a time has a VALUE_STRING in place of VALUE_NUMBER_INT");
    assertRefused(
        codec.encode(List.of(3L), NUMBERS), "a time has a END_ARRAY in place of VALUE_NUMBER_INT");
    assertRefused(
        codec.encode(List.of(3L, 7L, 9L), NUMBERS),
        "a time has a VALUE_NUMBER_INT in place of END_ARRAY");
  }
}
