package dev.tiercel.task;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TaskRepository} that forgets everything with the object: for tests of what stands on a
 * repository. It keeps the whole contract but durability.
 *
 * <p>It is simple and not quick: every write copies the table and every listing sorts it. Writers
 * take turns, and wait for each other without a limit.
 */
public final class InMemoryTaskRepository extends InMemoryTasks {
  private static final Logger log = LoggerFactory.getLogger(InMemoryTaskRepository.class);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<TaskListener> listeners = new CopyOnWriteArrayList<>();
  private volatile InMemoryState committed = new InMemoryState(new HashMap<>(), 0);

  /**
   * Creates an empty repository.
   *
   * @param clock tells the time of writes, and which leases ran out; a test sets it as it likes
   */
  public InMemoryTaskRepository(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock must not be null");
  }

  @Override
  InstantSource clock() {
    return clock;
  }

  @Override
  InMemoryState state() {
    return committed;
  }

  @Override
  <T> T write(Function<InMemoryDraft, T> work) {
    return this.<T>locked(work);
  }

  private <T extends @Nullable Object> T locked(Function<InMemoryDraft, ? extends T> work) {
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "this thread is inside a transaction; use the repository that the transaction was given");
    }
    InMemoryDraft draft;
    T result;
    lock.lock();
    try {
      draft = new InMemoryDraft(committed, clock.instant());
      result = work.apply(draft);
      committed = draft.state();
    } finally {
      lock.unlock();
    }
    if (!draft.changes().isEmpty()) {
      tell(List.copyOf(draft.changes()));
    }
    return result;
  }

  private void tell(List<TaskChange> changes) {
    for (TaskListener listener : listeners) {
      try {
        listener.changed(changes);
      } catch (Throwable e) {
        log.warn("A task listener failed; the write it heard of is done", e);
      }
    }
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    Objects.requireNonNull(work, "work must not be null");
    return this.<T>locked(
        draft -> {
          Bound bound = new Bound(draft);
          try {
            return work.apply(bound);
          } finally {
            bound.ended = true;
          }
        });
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    Objects.requireNonNull(listener, "listener must not be null");
    // Each registration is its own: removing one must not remove another of the same listener.
    TaskListener registration = changes -> listener.changed(changes);
    listeners.add(registration);
    return () -> listeners.remove(registration);
  }

  /** The repository inside a transaction. */
  private final class Bound extends InMemoryTasks {
    private final InMemoryDraft draft;
    private final Thread owner = Thread.currentThread();
    private volatile boolean ended;

    Bound(InMemoryDraft draft) {
      this.draft = draft;
    }

    private void requireInside() {
      if (ended || Thread.currentThread() != owner) {
        throw new IllegalStateException(
            ended
                ? "the transaction has ended; use the repository it was opened from"
                : "a transaction belongs to the thread that opened it, " + owner.getName());
      }
    }

    @Override
    InstantSource clock() {
      return clock;
    }

    @Override
    InMemoryState state() {
      requireInside();
      return draft.state();
    }

    @Override
    <T> T write(Function<InMemoryDraft, T> work) {
      requireInside();
      return work.apply(draft.at(clock.instant()));
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(
        Function<? super TaskRepository, ? extends T> work) {
      Objects.requireNonNull(work, "work must not be null");
      requireInside();
      Runnable undo = draft.savepoint();
      boolean done = false;
      try {
        T result = work.apply(this);
        done = true;
        return result;
      } finally {
        if (!done) {
          undo.run();
        }
      }
    }

    @Override
    public Runnable addListener(TaskListener listener) {
      return InMemoryTaskRepository.this.addListener(listener);
    }
  }
}
