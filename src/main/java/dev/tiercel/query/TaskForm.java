package dev.tiercel.query;

import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What tasks come in, and its bytes.
 *
 * <p>A form that changes, or a task that does, needs another number in {@link TaskCodec#id}.
 */
enum TaskForm {
  /** The task. */
  ONE(0x6f6e6501L) {
    @Override
    void write(Object value, TaskWriter out) throws IOException {
      out.task(value);
    }

    @Override
    Object read(TaskReader in) throws IOException {
      return in.task();
    }
  },

  /** Zero, or one and the task. */
  OPTIONAL(0x6f707401L) {
    @Override
    void write(Object value, TaskWriter out) throws IOException {
      Optional<?> task = (Optional<?>) value;
      out.number(task.isPresent() ? 1 : 0);
      if (task.isPresent()) {
        out.task(task.get());
      }
    }

    @Override
    Object read(TaskReader in) throws IOException {
      long count = in.number();
      if (count != 0 && count != 1) {
        throw new IOException("an optional has " + count + " tasks");
      }
      return count == 0 ? Optional.empty() : Optional.of(in.task());
    }
  },

  /** How many, and the tasks. */
  LIST(0x6c697301L) {
    @Override
    void write(Object value, TaskWriter out) throws IOException {
      out.tasks((List<?>) value);
    }

    @Override
    Object read(TaskReader in) throws IOException {
      return in.tasks();
    }
  },

  /** The list, bits that tell what follows, the cursors as texts, the total. */
  PAGE(0x70616701L) {
    @Override
    void write(Object value, TaskWriter out) throws IOException {
      Page<?> page = (Page<?>) value;
      out.tasks(page.items());
      out.number(
          (page.next().isPresent() ? NEXT : 0)
              | (page.previous().isPresent() ? PREVIOUS : 0)
              | (page.total().isPresent() ? TOTAL : 0));
      page.next().ifPresent(cursor -> out.text(cursor.toString()));
      page.previous().ifPresent(cursor -> out.text(cursor.toString()));
      page.total().ifPresent(out::signed);
    }

    @Override
    Object read(TaskReader in) throws IOException {
      List<Task> items = in.tasks();
      long parts = in.number();
      Optional<Cursor> next = cursor(in, (parts & NEXT) != 0);
      Optional<Cursor> previous = cursor(in, (parts & PREVIOUS) != 0);
      OptionalLong total =
          (parts & TOTAL) == 0 ? OptionalLong.empty() : OptionalLong.of(in.signed());
      return new Page<>(items, next, previous, total);
    }

    private static Optional<Cursor> cursor(TaskReader in, boolean present) throws IOException {
      return present ? Optional.of(Cursor.parse(in.text())) : Optional.empty();
    }
  };

  private static final int NEXT = 1;
  private static final int PREVIOUS = 2;
  private static final int TOTAL = 4;

  private static final Map<Type, TaskForm> BY_TYPE =
      Map.of(
          Task.class,
          ONE,
          new TypeRef<Optional<Task>>() {}.type(),
          OPTIONAL,
          new TypeRef<List<Task>>() {}.type(),
          LIST,
          new TypeRef<Page<Task>>() {}.type(),
          PAGE);

  private final long fingerprint;

  TaskForm(long fingerprint) {
    this.fingerprint = fingerprint;
  }

  /** The form of a type, or null if it is not made of tasks. */
  static @Nullable TaskForm of(TypeRef<?> type) {
    return BY_TYPE.get(type.type());
  }

  long fingerprint() {
    return fingerprint;
  }

  /**
   * Writes a value of the type.
   *
   * @throws IOException if it holds anything but tasks
   */
  abstract void write(Object value, TaskWriter out) throws IOException;

  /**
   * Reads what was written.
   *
   * @throws IOException if it was not
   * @throws dev.tiercel.task.InvalidValueException if no task can hold it
   */
  abstract Object read(TaskReader in) throws IOException;
}
