package dev.tiercel.task;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The reference: one lock for writers, a new copy of everything for every write. */
public final class InMemoryTaskRepository extends InMemoryTasks {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<TaskListener> listeners = new CopyOnWriteArrayList<>();
  private volatile InMemoryState committed = new InMemoryState(new HashMap<>(), 0);

  public InMemoryTaskRepository(InstantSource clock) {
    super(clock);
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
      throw new IllegalStateException("use the repository that the transaction was given");
    }
    InMemoryDraft draft;
    T result;
    lock.lock();
    try {
      draft = new InMemoryDraft(committed.copy());
      result = work.apply(draft);
      committed = draft.state;
    } finally {
      lock.unlock();
    }
    if (!draft.changes.isEmpty()) {
      List<TaskChange> changes = List.copyOf(draft.changes);
      for (TaskListener listener : listeners) {
        try {
          listener.changed(changes);
        } catch (RuntimeException | Error e) {
          // The write is committed; what its listeners throw reaches nobody.
        }
      }
    }
    return result;
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
    TaskListener registration = changes -> listener.changed(changes);
    listeners.add(registration);
    return () -> listeners.remove(registration);
  }

  private final class Bound extends InMemoryTasks {
    private final InMemoryDraft draft;
    private final Thread owner = Thread.currentThread();
    private volatile boolean ended;

    Bound(InMemoryDraft draft) {
      super(InMemoryTaskRepository.this.clock);
      this.draft = draft;
    }

    private void requireInside() {
      if (ended || Thread.currentThread() != owner) {
        throw new IllegalStateException("outside of the transaction");
      }
    }

    @Override
    InMemoryState state() {
      requireInside();
      return draft.state;
    }

    @Override
    <T> T write(Function<InMemoryDraft, T> work) {
      requireInside();
      return work.apply(draft);
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(
        Function<? super TaskRepository, ? extends T> work) {
      Objects.requireNonNull(work, "work must not be null");
      requireInside();
      InMemoryState before = draft.state.copy();
      List<TaskChange> changes = new ArrayList<>(draft.changes);
      boolean done = false;
      try {
        T result = work.apply(this);
        done = true;
        return result;
      } finally {
        if (!done) {
          draft.state = before;
          draft.changes = changes;
        }
      }
    }

    @Override
    public Runnable addListener(TaskListener listener) {
      return InMemoryTaskRepository.this.addListener(listener);
    }
  }
}
