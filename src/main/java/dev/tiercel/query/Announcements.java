package dev.tiercel.query;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.PendingWrite;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.TaskChange;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStateException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes the writes of a repository that does not note them itself, in a ledger in memory.
 *
 * <p>Before a write it is announced: by the tags that it can touch, if the call tells them, or else
 * by the tag that every answer carries. Until the write has ended, such answers are neither served
 * nor filled. Afterwards the repository's own listener has told which tasks it changed, and only
 * what depends on those is void. When nobody can tell (the listener heard nothing of a write that
 * may have changed something, or it failed and may have happened all the same), whatever was
 * announced is void.
 *
 * <p>The listener also hears of writes that go to the repository directly: what they change is void
 * before they return.
 */
final class Announcements implements AutoCloseable {
  /** Whatever there is. */
  static final Tags ANYTHING = Tags.of(TaskTags.ANY_ANSWER, TaskTags.TASKS);

  /** What a result says that its write touched: nothing, if it says that nothing was changed. */
  interface Touched<T extends @Nullable Object> {
    /** The tags, or null if the result leaves them open. */
    @Nullable Set<Tag> by(T result);
  }

  private final Ledger ledger;
  private final Runnable removal;

  /** What was heard of a write: something that is void by now, or something that could not be. */
  private static final class Heard {
    private boolean some;
    private boolean lost;
  }

  /** Of the write under way of this thread. */
  @SuppressWarnings("ThreadLocalUsage") // What one repository tells is none of another's.
  private final ThreadLocal<@Nullable Heard> hearing = new ThreadLocal<>();

  Announcements(TaskRepository repository, Ledger ledger) {
    this.ledger = ledger;
    removal = listen(repository);
  }

  /* Without a listener each write voids all that it was announced for. */
  private Runnable listen(TaskRepository repository) {
    try {
      return repository.addListener(this::heard);
    } catch (UnsupportedOperationException e) {
      return () -> {};
    }
  }

  /* At once, also while a write is under way: a listener that writes has others hear of it. */
  private void heard(List<TaskChange> changes) {
    Heard own = hearing.get();
    boolean done = false;
    try {
      Set<Tag> touched = new LinkedHashSet<>();
      changes.forEach(change -> touched.addAll(TaskTags.of(change.before(), change.after())));
      raise(touched);
      done = true;
    } finally {
      if (own != null) { // What the repository does with a failure of its listener is not known.
        own.some |= done;
        own.lost |= !done;
      }
    }
  }

  private void raise(Set<Tag> tags) {
    if (!tags.isEmpty()) {
      ledger.begin(Tags.of(tags)).close();
    }
  }

  /**
   * Writes.
   *
   * @param announced what the write may touch
   * @param mentioned what is outdated here if the write is refused because of what is stored
   * @param write the write
   */
  <T extends @Nullable Object> T write(
      Tags announced, Set<Tag> mentioned, Supplier<? extends T> write, Touched<? super T> touched) {
    Heard outer = hearing.get();
    Heard heard = new Heard();
    PendingWrite pending = ledger.begin(announced);
    try {
      hearing.set(heard);
      T result = write.get();
      Set<Tag> told = touched.by(result);
      if (told != null) {
        raise(told);
      }
      if (!heard.lost && (told != null || heard.some)) {
        pending.rolledBack(); // What was touched is void by now.
      }
      return result;
    } catch (DuplicateTaskException | StaleTaskException e) {
      // Nothing was written, but somebody else has: whoever reads again must not get the same
      // again.
      raise(mentioned);
      if (!heard.lost) {
        pending.rolledBack();
      }
      throw e;
    } catch (InvalidValueException | TaskStateException e) {
      if (!heard.lost) {
        pending.rolledBack(); // Refused: nothing was written, unless the listener heard otherwise.
      }
      throw e;
    } finally {
      if (outer == null) {
        hearing.remove();
      } else {
        hearing.set(outer);
      }
      pending.close(); // Unless it was ended: then this does nothing.
    }
  }

  /** Stops to listen. */
  @Override
  public void close() {
    removal.run();
  }
}
