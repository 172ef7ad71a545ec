package dev.tiercel.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One caller's write on its way through the queue. */
final class Piece<T extends @Nullable Object> {
  enum State {
    QUEUED,
    TAKEN,
    ANSWERED,
    CANCELLED
  }

  private final WriteWork<T> work;
  private final boolean single;
  private final boolean exclusive;
  private final Thread owner = Thread.currentThread();
  private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

  // Mutable state. Written by the leader, published to the owner by state ANSWERED.
  private @Nullable Written<T> written;
  private @Nullable Throwable failure;
  private boolean committed;

  /**
   * A write.
   *
   * @param single whether the work is one statement, which seldom fails and so has no savepoint
   * @param exclusive whether the work is user code, which runs alone on its caller's thread
   */
  Piece(WriteWork<T> work, boolean single, boolean exclusive) {
    this.work = work;
    this.single = single;
    this.exclusive = exclusive;
  }

  boolean isSingle() {
    return single;
  }

  boolean isExclusive() {
    return exclusive;
  }

  /** Claims the piece for a group; false if its owner gave up before. */
  boolean take() {
    return state.compareAndSet(State.QUEUED, State.TAKEN);
  }

  /** Gives up; false if a leader has taken it already, whose answer must then be awaited. */
  boolean cancel() {
    return state.compareAndSet(State.QUEUED, State.CANCELLED);
  }

  boolean isAnswered() {
    return state.get() == State.ANSWERED;
  }

  /** Runs the work; a failure is for the caller of this method to note. */
  void run(Session session, Changes changes) throws SQLException {
    int mark = changes.mark();
    T value = work.run(session, changes);
    written = new Written<>(value, List.copyOf(changes.rows().subList(mark, changes.mark())));
  }

  void failed(Throwable e) {
    failure = e;
  }

  boolean hasFailed() {
    return failure != null;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void succeeded() {
    committed = true;
  }

  /** Whether there is an outcome that nothing may change any more. */
  boolean isSettled() {
    return committed || hasFailed();
  }

  /** Tells the owner; what was noted last is its answer. */
  void answer() {
    state.set(State.ANSWERED);
    if (owner != Thread.currentThread()) {
      LockSupport.unpark(owner);
    }
  }

  void wake() {
    LockSupport.unpark(owner);
  }

  /** The answer, on the owner's thread. */
  Written<T> outcome() {
    Throwable e = failure;
    if (e instanceof SQLException sql) {
      throw SqliteException.of("the write failed", sql);
    }
    if (e instanceof SqliteException shared) {
      throw new SqliteException(shared.kind(), String.valueOf(shared.getMessage()), shared);
    }
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (e instanceof Error error) {
      throw error;
    }
    if (written == null || !committed) {
      throw new IllegalStateException("a piece was answered without an outcome", e);
    }
    return written;
  }
}
