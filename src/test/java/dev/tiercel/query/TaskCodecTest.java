package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Codec;
import dev.tiercel.cache.CodecContract;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskCodecTest extends CodecContract {
  private static final TypeRef<Task> TASK = TypeRef.of(Task.class);
  private static final TypeRef<Optional<Task>> OPTIONAL = new TypeRef<>() {};
  private static final TypeRef<List<Task>> LIST = new TypeRef<>() {};
  private static final TypeRef<Page<Task>> PAGE = new TypeRef<>() {};
  private static final Instant AT = Instant.parse("2026-11-25T09:30:00.123456Z");

  private static final Task FULL =
      new Task("id", "title", "text", "agent", AT, AT, AT, 3, AT, 4, 5, AT.plusSeconds(60));

  @Override
  protected Codec codec() {
    return TaskCodec.of(SmileCodec.create());
  }

  @Test
  void everyTaskComesBack() throws IOException {
    RandomTasks tasks = new RandomTasks(20261125);
    for (int i = 0; i < 5_000; i++) {
      Task task = tasks.next();
      assertEquals(task, roundTrip(task, TASK));
    }
    assertTrue(tasks.refused() > 100);
  }

  @Test
  void everyListOfTasksComesBack() throws IOException {
    RandomTasks tasks = new RandomTasks(4);
    Random random = new Random(4);
    for (int i = 0; i < 300; i++) {
      List<Task> list = Stream.generate(tasks::next).limit(random.nextInt(40)).toList();
      assertEquals(list, roundTrip(list, LIST));
    }
  }

  @Test
  void aListComesBackImmutable() throws IOException {
    List<Task> back = roundTrip(new ArrayList<>(List.of(FULL)), LIST);
    assertThrows(UnsupportedOperationException.class, back::clear);
  }

  @Test
  void oneAgentInAListIsOneText() throws IOException {
    Task other = FULL.withId("other");
    List<Task> back = roundTrip(List.of(FULL, other), LIST);
    assertSame(back.get(0).assignedAgentId(), back.get(1).assignedAgentId());
    Task nobody = Task.titled("title");
    List<Task> apart = List.of(FULL, nobody, other, nobody);
    assertEquals(apart, roundTrip(apart, LIST));
  }

  @Test
  void optionalTasksComeBack() throws IOException {
    assertEquals(Optional.empty(), roundTrip(Optional.empty(), OPTIONAL));
    assertEquals(Optional.of(FULL), roundTrip(Optional.of(FULL), OPTIONAL));
  }

  @Test
  void pagesComeBack() throws IOException {
    RandomTasks tasks = new RandomTasks(5);
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      List<Task> items = Stream.generate(tasks::next).limit(random.nextInt(3)).toList();
      TaskQuery query = random.nextBoolean() ? TaskQuery.all() : TaskQuery.forAgent("agent");
      Page<Task> page =
          new Page<>(
              items,
              Optional.of(Cursor.after(query, tasks.next())).filter(c -> random.nextBoolean()),
              Optional.of(Cursor.before(query, tasks.next())).filter(c -> random.nextBoolean()),
              random.nextBoolean() ? OptionalLong.of(random.nextLong()) : OptionalLong.empty());
      assertEquals(page, roundTrip(page, PAGE));
    }
  }

  @Test
  void aTaskNeedsLittleMoreThanItsTexts() throws IOException {
    Task task = FULL.withDescription("x".repeat(1_000));
    int texts = 1_000 + "id".length() + "title".length() + "agent".length();
    assertTrue(codec.encode(task, TASK).length - texts <= 30);
  }

  @Test
  void everythingElseIsLeftToTheOther() throws IOException {
    Codec smile = SmileCodec.create();
    TypeRef<String> text = TypeRef.of(String.class);
    assertArrayEquals(smile.encode("text", text), codec.encode("text", text));
    assertEquals(smile.fingerprint(text), codec.fingerprint(text));
    assertTrue(codec.id().contains(smile.id()));
    assertNotEquals(smile.id(), codec.id());
  }

  @Test
  void recordsWithTasksComeBack() throws IOException {
    record Board(Task first, List<Task> rest) {}

    Board board = new Board(FULL, List.of(Task.titled("title"), FULL));
    assertEquals(board, roundTrip(board, TypeRef.of(Board.class)));
  }

  @Test
  void tasksHaveFingerprintsOfTheirOwn() {
    List<TypeRef<?>> types = List.of(TASK, OPTIONAL, LIST, PAGE, TypeRef.of(String.class));
    assertEquals(types.size(), types.stream().mapToLong(codec::fingerprint).distinct().count());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void whatIsNoTaskIsRefused() {
    assertThrows(IOException.class, () -> codec.encode("text", TASK));
    assertThrows(IOException.class, () -> codec.encode("text", LIST));
    assertThrows(IOException.class, () -> codec.encode(List.of("text"), LIST));
    assertThrows(IOException.class, () -> codec.encode(Arrays.asList(FULL, null), LIST));
    assertThrows(IOException.class, () -> codec.encode(Optional.of("text"), OPTIONAL));
    assertThrows(IOException.class, () -> codec.encode(List.of(FULL), PAGE));
  }

  @Test
  void whatIsNotThereIsRefused() {
    for (TypeRef<?> type : List.of(TASK, OPTIONAL, LIST, PAGE)) {
      assertThrows(NullPointerException.class, () -> codec.encode(null, type));
      assertThrows(IndexOutOfBoundsException.class, () -> codec.decode(new byte[9], -1, 9, type));
      assertThrows(IndexOutOfBoundsException.class, () -> codec.decode(new byte[9], 1, 9, type));
    }
  }

  @Test
  void everyTruncationOfTasksIsRefused() throws IOException {
    for (TypeRef<?> type : List.of(TASK, OPTIONAL, LIST, PAGE)) {
      byte[] bytes = codec.encode(value(type), type);
      for (int length = 0; length < bytes.length; length++) {
        int cut = length;
        assertThrows(IOException.class, () -> codec.decode(bytes, 0, cut, type), () -> "" + cut);
      }
      byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
      assertThrows(IOException.class, () -> codec.decode(longer, 0, longer.length, type));
    }
  }

  @Test
  void moreTasksThanThereAreBytesForAreRefused() {
    byte[] most = {-1, -1, -1, -1, 7, 0, 0}; // Integer.MAX_VALUE of them.
    assertThrows(IOException.class, () -> codec.decode(most, 0, most.length, LIST));
    byte[] negative = {-1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
    assertThrows(IOException.class, () -> codec.decode(negative, 0, negative.length, LIST));
  }

  @Test
  void anOptionalHasOneTaskAtMost() throws IOException {
    byte[] bytes = codec.encode(Optional.of(FULL), OPTIONAL);
    bytes[0] = 2;
    assertThrows(IOException.class, () -> codec.decode(bytes, 0, bytes.length, OPTIONAL));
  }

  @Test
  void noFlippedByteOfTasksDoesHarm() throws IOException {
    for (TypeRef<?> type : List.of(TASK, OPTIONAL, LIST, PAGE)) {
      byte[] bytes = codec.encode(value(type), type);
      for (int i = 0; i < bytes.length; i++) {
        for (int flip = 1; flip < 256; flip++) {
          byte[] flipped = bytes.clone();
          flipped[i] ^= (byte) flip;
          decodesOrRefuses(flipped, type);
        }
      }
    }
  }

  @Test
  void noGarbageOfTasksDoesHarm() throws IOException {
    Random random = new Random(20261125);
    for (TypeRef<?> type : List.of(TASK, OPTIONAL, LIST, PAGE)) {
      byte[] start = codec.encode(value(type), type);
      for (int i = 0; i < 20_000; i++) {
        byte[] garbage = new byte[random.nextInt(120)];
        random.nextBytes(garbage);
        int kept = Math.min(garbage.length, random.nextInt(start.length));
        System.arraycopy(start, 0, garbage, 0, kept);
        decodesOrRefuses(garbage, type);
      }
    }
  }

  private static Object value(TypeRef<?> type) {
    Task two = Task.titled("tätle").withDescription("");
    if (type.equals(TASK)) {
      return FULL;
    }
    if (type.equals(OPTIONAL)) {
      return Optional.of(two);
    }
    List<Task> list = List.of(FULL, FULL.withId("b"), two);
    Cursor cursor = Cursor.after(TaskQuery.all(), two);
    return type.equals(LIST)
        ? list
        : new Page<>(list, Optional.of(cursor), Optional.of(cursor), OptionalLong.of(99));
  }

  /* Whoever changes one changes TaskBits, and the number in the codec's id. */
  @Test
  void theFormKnowsTheseComponents() {
    assertEquals(
        "String id, String title, String description, String assignedAgentId, Instant createdAt,"
            + " Instant assignedAt, Instant completedAt, int priority, Instant updatedAt, long"
            + " version, long lease, Instant leaseExpiresAt",
        components(Task.class));
    assertEquals(
        "List items, Optional next, Optional previous, OptionalLong total", components(Page.class));
  }

  private static String components(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .map((RecordComponent c) -> c.getType().getSimpleName() + " " + c.getName())
        .reduce((a, b) -> a + ", " + b)
        .orElseThrow();
  }
}
