package dev.tiercel.task;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Goes through a listing batch by batch. */
final class InMemoryWalk implements Iterator<Task> {
  private final TaskQuery query;
  private final Supplier<InMemoryState> source;
  private final Runnable check;
  private @Nullable Cursor place;
  private Iterator<Task> batch = Collections.emptyIterator();
  private boolean closed;

  private InMemoryWalk(TaskQuery query, Supplier<InMemoryState> source, Runnable check) {
    this.query = query;
    this.source = source;
    this.check = check;
    this.place = query.cursor();
  }

  static <T extends @Nullable Object> T run(
      TaskQuery query,
      Supplier<InMemoryState> source,
      Runnable check,
      Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(use, "use must not be null");
    if (query.cursor() != null && query.cursor().backward()) {
      throw new InvalidValueException("cursor points backward");
    }
    InMemoryWalk walk = new InMemoryWalk(query, source, check);
    Iterable<Task> all = () -> walk;
    try (Stream<Task> stream = StreamSupport.stream(all.spliterator(), false)) {
      return use.apply(stream);
    } finally {
      walk.closed = true;
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      throw new IllegalStateException("the stream is closed");
    }
    check.run();
    if (!batch.hasNext()) {
      batch = source.get().behind(query, place).stream().limit(query.limit()).iterator();
    }
    return batch.hasNext();
  }

  @Override
  public Task next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Task task = batch.next();
    place = Cursor.after(query, task);
    return task;
  }
}
