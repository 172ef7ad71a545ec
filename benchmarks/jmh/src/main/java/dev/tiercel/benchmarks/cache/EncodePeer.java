package dev.tiercel.benchmarks.cache;

import dev.tiercel.cache.Codec;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.query.TaskCodec;
import dev.tiercel.task.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A way to turn tasks into bytes and back. */
public enum EncodePeer {
  /** By hand. */
  TASK(TaskCodec.of(SmileCodec.create())),

  /** Jackson, by reflection. */
  SMILE(SmileCodec.create()),

  /** The JDK's own. */
  JAVA(new JavaSerialization());

  final Codec codec;

  EncodePeer(Codec codec) {
    this.codec = codec;
  }

  /** A task as Java serialization wants it: the record itself is not serializable. */
  private record Written(
      String id,
      String title,
      String description,
      String assignedAgentId,
      Instant createdAt,
      Instant assignedAt,
      Instant completedAt,
      int priority,
      Instant updatedAt,
      long version,
      long lease,
      Instant leaseExpiresAt)
      implements Serializable {

    static Written of(Task task) {
      return new Written(
          task.id(),
          task.title(),
          task.description(),
          task.assignedAgentId(),
          task.createdAt(),
          task.assignedAt(),
          task.completedAt(),
          task.priority(),
          task.updatedAt(),
          task.version(),
          task.lease(),
          task.leaseExpiresAt());
    }

    Task task() {
      return new Task(
          id,
          title,
          description,
          assignedAgentId,
          createdAt,
          assignedAt,
          completedAt,
          priority,
          updatedAt,
          version,
          lease,
          leaseExpiresAt);
    }
  }

  private static final class JavaSerialization implements Codec {
    @Override
    public String id() {
      return "java";
    }

    @Override
    public long fingerprint(TypeRef<?> type) {
      return 0;
    }

    @Override
    public byte[] encode(Object value, TypeRef<?> type) throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value instanceof Task task ? Written.of(task) : written((List<?>) value));
      }
      return bytes.toByteArray();
    }

    private static Object written(List<?> tasks) {
      List<Written> written = new ArrayList<>();
      tasks.forEach(task -> written.add(Written.of((Task) task)));
      return written;
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
      try (ObjectInputStream in =
          new ObjectInputStream(new ByteArrayInputStream(bytes, offset, length))) {
        Object value = in.readObject();
        return value instanceof Written task ? task.task() : tasks((List<?>) value);
      } catch (ClassNotFoundException e) {
        throw new IOException(e);
      }
    }

    private static List<Task> tasks(List<?> written) {
      List<Task> tasks = new ArrayList<>();
      written.forEach(task -> tasks.add(((Written) task).task()));
      return tasks;
    }
  }
}
