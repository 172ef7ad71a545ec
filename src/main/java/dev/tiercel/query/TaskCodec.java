package dev.tiercel.query;

import dev.tiercel.cache.Codec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.InvalidValueException;
import java.io.IOException;
import java.util.Objects;

/**
 * Encodes tasks by hand, several times as fast as by reflection and in little more than their texts
 * need; everything else is left to another codec, with whatever that one throws. Thread-safe.
 *
 * <p>By hand are {@code Task}, {@code Optional<Task>}, {@code List<Task>} and {@code Page<Task>}.
 * Lists come back immutable; one that holds null is refused.
 */
public final class TaskCodec implements Codec {
  private final Codec others;

  private TaskCodec(Codec others) {
    this.others = others;
  }

  /**
   * Makes a codec.
   *
   * @param others the codec of everything that is not made of tasks alone; thread-safe
   * @return the codec
   */
  public static TaskCodec of(Codec others) {
    return new TaskCodec(Objects.requireNonNull(others, "others must not be null"));
  }

  @Override
  public String id() {
    return "task-1+" + others.id();
  }

  @Override
  public long fingerprint(TypeRef<?> type) {
    TaskForm form = TaskForm.of(type);
    return form == null ? others.fingerprint(type) : form.fingerprint();
  }

  @Override
  public byte[] encode(Object value, TypeRef<?> type) throws IOException {
    TaskForm form = TaskForm.of(type);
    if (form == null) {
      return others.encode(value, type);
    }
    Objects.requireNonNull(value, "value must not be null");
    TaskWriter out = new TaskWriter();
    try {
      form.write(value, out);
    } catch (ClassCastException e) {
      throw new IOException("the value is no " + type, e);
    }
    return out.toBytes();
  }

  @Override
  public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
    TaskForm form = TaskForm.of(type);
    if (form == null) {
      return others.decode(bytes, offset, length, type);
    }
    Objects.checkFromIndexSize(offset, length, bytes.length);
    TaskReader in = new TaskReader(bytes, offset, length);
    try {
      Object value = form.read(in);
      in.requireEnd();
      return value;
    } catch (InvalidValueException e) {
      throw new IOException("the bytes are no " + type, e);
    }
  }
}
