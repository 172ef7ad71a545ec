package dev.tiercel.store;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Goes through a listing batch by batch, from cursor to cursor. Used by one thread. */
final class TaskWalk implements Iterator<Task> {
  /** Reads the rows behind a place. */
  interface Batches {
    List<Task> behind(@Nullable Cursor place);
  }

  private final TaskQuery query;
  private final Batches batches;
  private final Runnable check;

  // Mutable state.
  private Iterator<Task> batch = List.<Task>of().iterator();
  private @Nullable Cursor place;
  private @Nullable Task last;
  private boolean ended;
  private boolean closed;

  private TaskWalk(TaskQuery query, Batches batches, Runnable check) {
    this.query = query;
    this.batches = batches;
    this.check = check;
    this.place = query.cursor();
  }

  static void requireForward(TaskQuery query) {
    Cursor cursor = query.cursor();
    if (cursor != null && cursor.backward()) {
      throw new InvalidValueException(
          "the cursor " + cursor + " points backward; a stream goes forward, from a next cursor");
    }
  }

  static <T extends @Nullable Object> T run(
      TaskQuery query, Batches batches, Function<? super Stream<Task>, ? extends T> use) {
    return run(new TaskWalk(query, batches, () -> {}), use);
  }

  static <T extends @Nullable Object> T runUntil(
      Duration atMost,
      InstantSource clock,
      TaskQuery query,
      Batches batches,
      Function<? super Stream<Task>, ? extends T> use) {
    Instant start = clock.instant();
    Runnable check =
        () -> {
          if (Duration.between(start, clock.instant()).compareTo(atMost) > 0) {
            throw new RepositoryBusyException(
                "the snapshot outlived its limit of " + atMost + "; raise it, or use stream");
          }
        };
    return run(new TaskWalk(query, batches, check), use);
  }

  private static <T extends @Nullable Object> T run(
      TaskWalk walk, Function<? super Stream<Task>, ? extends T> use) {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
    try (Stream<Task> stream =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(walk, traits), false)) {
      return use.apply(stream);
    } finally {
      walk.closed = true;
    }
  }

  @Override
  public boolean hasNext() {
    if (closed) {
      throw new IllegalStateException("the stream was closed when its function returned");
    }
    check.run();
    if (!batch.hasNext() && !ended) {
      if (last != null) {
        place = Cursor.after(query, last);
      }
      List<Task> rows = batches.behind(place);
      ended = rows.size() < query.limit();
      batch = rows.iterator();
    }
    return batch.hasNext();
  }

  @Override
  public Task next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    last = batch.next();
    return last;
  }
}
