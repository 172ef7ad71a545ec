package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The bytes of a task, put together by hand: those of earlier versions are read, no others are. */
class TaskBytesTest {
  private static final TaskCodec CODEC = TaskCodec.of(SmileCodec.create());
  private static final TypeRef<Task> TASK = TypeRef.of(Task.class);
  private static final TypeRef<List<Task>> LIST = new TypeRef<>() {};

  /* When it was made; how much later it was changed; its priority, version and lease. */
  private static final int[] REST = new int[8 + 4];

  private static final Task SMALLEST = task("a", "b", null);

  private static Task task(String id, String title, String agent) {
    Instant at = Instant.EPOCH;
    return new Task(id, title, null, agent, at, null, null, 0, at, 0, 0, null);
  }

  private static int[] all(int[]... parts) {
    return IntStream.range(0, parts.length).flatMap(i -> IntStream.of(parts[i])).toArray();
  }

  private static int[] of(int... bytes) {
    return bytes;
  }

  /** A task of these bits and texts, and else of nothing. */
  private static int[] head(int bits, char id, char title) {
    return of(bits, 1, id, 1, title);
  }

  private static byte[] bytes(int[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static Object read(int[] values, TypeRef<?> type) throws IOException {
    return CODEC.decode(bytes(values), 0, values.length, type);
  }

  private static void assertRefused(String why, int[] values, TypeRef<?> type) {
    IOException refusal = assertThrows(IOException.class, () -> read(values, type), why);
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains(why), message);
  }

  @Test
  void theSmallestTaskIsTheLeastThatATaskTakes() throws IOException {
    int[] values = all(head(0, 'a', 'b'), REST);
    assertEquals(TaskBits.LEAST, values.length);
    assertEquals(SMALLEST, read(values, TASK));
    assertArrayEquals(bytes(values), CODEC.encode(SMALLEST, TASK));
    assertEquals(List.of(SMALLEST, SMALLEST), read(all(of(2), values, values), LIST));
  }

  @Test
  void moreTasksThanThereCanBeAreNotBegun() {
    int[] values = all(head(0, 'a', 'b'), REST);
    assertRefused("there are not enough bytes for 2 tasks", all(of(2), values), LIST);
    assertRefused("there are not enough bytes for 3 tasks", all(of(3), values, values), LIST);
    byte[] far = new byte[100 + 1 + values.length]; // Those before them do not count.
    System.arraycopy(bytes(all(of(2), values)), 0, far, 100, 1 + values.length);
    IOException refusal =
        assertThrows(IOException.class, () -> CODEC.decode(far, 100, far.length - 100, LIST));
    assertEquals("there are not enough bytes for 2 tasks", refusal.getMessage());
  }

  @Test
  void whatFollowsATaskIsCounted() {
    int[] values = all(head(0, 'a', 'b'), REST, of(0, 0));
    assertRefused("2 bytes follow the last that is known", values, TASK);
  }

  @Test
  void numbersOfEitherSignComeBack() throws IOException {
    TaskWriter out = new TaskWriter();
    new Random(20_261_128).longs(1_000).forEach(number -> out.signed(number >> (number & 63)));
    byte[] bytes = out.toBytes();
    TaskReader in = new TaskReader(bytes, 0, bytes.length);
    for (long number : new Random(20_261_128).longs(1_000).toArray()) {
      assertEquals(number >> (number & 63), in.signed());
    }
    in.requireEnd();
  }

  @Test
  void bitsThatNobodyKnowsAreRefused() {
    assertRefused("a task has unknown bits: 64", all(head(64, 'a', 'b'), REST), TASK);
    assertRefused("a task has unknown bits: -128", all(head(128, 'a', 'b'), REST), TASK);
  }

  @Test
  void theAgentOfTheTaskBeforeIsReadOnce() throws IOException {
    int[] first = all(head(TaskBits.AGENT, 'a', 'b'), of(1, 'x'), REST);
    int[] second = all(head(TaskBits.SAME_AGENT, 'c', 'd'), REST);
    assertEquals(
        List.of(task("a", "b", "x"), task("c", "d", "x")), read(all(of(2), first, second), LIST));
    String why = "a task has the agent of one before that has none";
    assertRefused(why, second, TASK);
    assertRefused(why, all(of(2), all(head(0, 'a', 'b'), REST), second), LIST);
    int[] both = all(head(TaskBits.SAME_AGENT | TaskBits.AGENT, 'c', 'd'), REST);
    assertRefused(why, all(of(2), first, both), LIST);
  }

  @Test
  void aTimeThatIsTheSameIsOneObject() throws IOException {
    Instant at = Instant.ofEpochSecond(7);
    Task task = new Task("a", "b", null, "x", at, at, at.plusSeconds(1), 0, at, 0, 0, null);
    byte[] encoded = CODEC.encode(task, TASK);
    Task read = (Task) CODEC.decode(encoded, 0, encoded.length, TASK);
    assertEquals(task, read);
    assertSame(read.createdAt(), read.updatedAt());
    assertSame(read.createdAt(), read.assignedAt());
  }

  @Test
  void aTextOfLessThanNothingIsRefused() {
    int[] minusOne = {255, 255, 255, 255, 255, 255, 255, 255, 255, 1};
    assertRefused(
        "-1 bytes are needed, 15 are left", all(of(0), minusOne, of('a', 1, 'b'), REST), TASK);
  }

  @Test
  void aNumberThatIsTooLongIsRefused() {
    int[] endless = IntStream.range(0, 11).map(i -> 128).toArray();
    assertRefused("a number is longer than 64 bits", all(of(0), endless, REST), TASK);
    int[] priority = {128, 128, 128, 128, 16};
    int[] made = new int[8 + 1];
    assertRefused(
        "no priority is 2147483648", all(head(0, 'a', 'b'), made, priority, of(0, 0)), TASK);
  }
}
