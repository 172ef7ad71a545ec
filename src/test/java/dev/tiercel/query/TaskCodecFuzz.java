package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.fuzz.FuzzInput;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any bytes are tasks that come back, or none; any tasks come back. */
public final class TaskCodecFuzz {
  private static final TaskCodec CODEC = TaskCodec.of(SmileCodec.create());
  private static final TypeRef<List<Task>> LIST = new TypeRef<>() {};
  private static final List<TypeRef<?>> TYPES =
      List.of(
          TypeRef.of(Task.class),
          new TypeRef<Optional<Task>>() {},
          LIST,
          new TypeRef<Page<Task>>() {});

  private TaskCodecFuzz() {}

  /** Decodes bytes; the first tells as what. */
  public static void bytes(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    TypeRef<?> type = TYPES.get(input[0] & 3);
    Object value;
    try {
      value = CODEC.decode(input, 1, input.length - 1, type);
    } catch (IOException e) {
      return;
    }
    assertComesBack(value, type);
  }

  /** Makes tasks, and encodes them. */
  public static void tasks(byte[] input) throws IOException {
    FuzzInput in = new FuzzInput(input);
    List<Task> tasks = new ArrayList<>();
    while (in.hasMore()) {
      try {
        tasks.add(task(in));
      } catch (InvalidValueException e) {
        // No task can hold it.
      }
    }
    assertComesBack(tasks, LIST);
  }

  private static void assertComesBack(Object value, TypeRef<?> type) throws IOException {
    byte[] encoded = CODEC.encode(value, type);
    assertEquals(value, CODEC.decode(encoded, 0, encoded.length, type));
  }

  private static Task task(FuzzInput in) {
    int bits = in.next();
    return new Task(
        in.text(),
        in.text(),
        (bits & 1) == 0 ? null : in.text(),
        (bits & 2) == 0 ? null : in.text(),
        time(in),
        (bits & 4) == 0 ? null : time(in),
        (bits & 8) == 0 ? null : time(in),
        (int) in.number(),
        time(in),
        in.number(),
        in.number(),
        (bits & 16) == 0 ? null : time(in));
  }

  private static Instant time(FuzzInput in) {
    long nanos = Math.floorMod(in.number(), 1_000_000_000L);
    return Instant.ofEpochSecond(Math.floorMod(in.number(), 253_402_300_800L), nanos);
  }
}
