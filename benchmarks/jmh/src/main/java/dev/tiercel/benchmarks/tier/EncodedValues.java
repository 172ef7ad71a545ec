package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.cache.Codec;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.query.TaskCodec;
import dev.tiercel.task.Task;
import dev.tiercel.tier.TierRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A task of about 350 bytes or a list of such tasks, and the bytes that all stores are given for
 * it. There are a thousand of them, so that they fit into memory; each stands under many keys.
 */
final class EncodedValues {
  private static final int DIFFERENT = 1_000;
  private static final int DESCRIPTION = 220;

  private final Codec codec = TaskCodec.of(SmileCodec.create());
  private final List<Object> values = new ArrayList<>();
  private final List<byte[]> encoded = new ArrayList<>();
  private final TypeRef<?> type;

  EncodedValues(int tasks) throws IOException {
    type = tasks == 1 ? TypeRef.of(Task.class) : new TypeRef<List<Task>>() {};
    List<Task> all =
        GeneratedTasks.stream(DIFFERENT * tasks).map(EncodedValues::shortened).toList();
    for (int i = 0; i < DIFFERENT; i++) {
      Object value = tasks == 1 ? all.get(i) : List.copyOf(all.subList(i * tasks, (i + 1) * tasks));
      values.add(value);
      encoded.add(codec.encode(value, type));
    }
  }

  private static Task shortened(Task task) {
    String text = task.description();
    return text == null || text.length() <= DESCRIPTION
        ? task
        : task.withDescription(text.substring(0, DESCRIPTION));
  }

  Codec codec() {
    return codec;
  }

  /** The type of all of them. */
  @SuppressWarnings("unchecked") // All values are of it.
  TypeRef<Object> type() {
    return (TypeRef<Object>) type;
  }

  Object value(int number) {
    return values.get(number % DIFFERENT);
  }

  byte[] bytes(int number) {
    return encoded.get(number % DIFFERENT);
  }

  Object decode(byte[] bytes) throws IOException {
    return codec.decode(bytes, 0, bytes.length, type);
  }

  /** A record that never expires. */
  TierRecord record(int number) {
    return new TierRecord(Row.key(number), number, Long.MAX_VALUE, bytes(number));
  }

  /** Records with consecutive numbers. */
  List<TierRecord> records(int from, int count) {
    List<TierRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      records.add(record(from + i));
    }
    return records;
  }

  double meanBytes() {
    return encoded.stream().mapToInt(bytes -> bytes.length).average().orElseThrow();
  }
}
