package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets concurrent writers share one transaction and its fsync.
 *
 * <p>Flat combining (Hendler, Incze, Shavit, Tzafrir: "Flat Combining and the Synchronization-
 * Parallelism Tradeoff", SPAA 2010): a writer queues its piece and tries for the lock. Who gets it
 * leads: it runs everything queued in one transaction and answers the owners. A lone writer leads
 * itself, without a hand-off between threads.
 */
final class GroupCommit {
  private static final int MAX_GROUP = 512;
  private static final long MAX_WAIT_NANOS = 500_000;

  /*
   * No wake-up is lost: a piece is queued before its owner tries the lock, and whoever unlocks looks
   * at the queue afterwards and wakes the owner at its head. So either the owner's try succeeds, or
   * the holder of that time sees the piece (or one before it, whose owner then leads). An owner that
   * gives up does the same.
   *
   * User code is a piece too, so that it gets its turn, but only its owner runs it: a leader stops
   * before it, and a leader that finds it at the head hands over.
   */
  private final Queue<Piece<?>> queue = new ConcurrentLinkedQueue<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final WriteTransaction transaction;
  private final Duration patience;

  // Guarded by: lock
  private boolean closed;
  private int expected; // How many were there when the last group ended: in it, or behind it.
  private long commitNanos; // How long the last commit took.
  private long committing; // When the last group stopped taking pieces.

  GroupCommit(WriteTransaction transaction, Duration patience) {
    this.transaction = transaction;
    this.patience = patience;
  }

  <T extends @Nullable Object> Written<T> run(Piece<T> piece) {
    if (isInside()) {
      throw new IllegalStateException(
          "this thread is inside a transaction of the same database, which would wait for itself; "
              + "write through the repository that the transaction was given");
    }
    queue.add(piece);
    await(piece);
    return piece.outcome();
  }

  private void await(Piece<?> piece) {
    long deadline = System.nanoTime() + patience.toNanos();
    boolean interrupted = false;
    try {
      while (!piece.isAnswered()) {
        if (lead(piece)) {
          continue;
        }
        long left = deadline - System.nanoTime();
        boolean cut = false;
        if (left > 0) {
          LockSupport.parkNanos(this, left);
          cut = Thread.interrupted();
          interrupted |= cut;
        }
        if (cut || deadline - System.nanoTime() <= 0) {
          if (!withdraw(piece)) {
            // Taken: the leader is bound by the busy timeout. The answer's wake-up may be used up
            // already, so without this look the park could last for ever.
            if (!piece.isAnswered()) {
              LockSupport.park(this);
              interrupted |= Thread.interrupted();
            }
            continue;
          }
          throw interrupted
              ? new SqliteException(
                  Kind.INTERRUPTED, "interrupted before the write began; nothing was written", null)
              : new SqliteException(
                  Kind.BUSY,
                  "the writer was busy for " + patience + "; nothing was written, try again",
                  null);
        }
      }
    } finally {
      withdraw(piece); // After an Error here, nobody waits for the piece any more.
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives up; false if the piece was taken or answered before. */
  private boolean withdraw(Piece<?> piece) {
    if (!piece.cancel()) {
      return false;
    }
    queue.remove(piece);
    wakeHead();
    return true;
  }

  /** Tries to lead; false if there was nothing that this thread may do. */
  private boolean lead(Piece<?> own) {
    if (!lock.tryLock()) {
      return false;
    }
    List<Piece<?>> group = new ArrayList<>();
    try {
      if (own.isAnswered()) {
        return true;
      }
      Piece<?> head = queue.peek();
      if (head == null || (head.isExclusive() && head != own)) {
        return false;
      }
      if (head.isExclusive()) {
        take(head, group);
        finish(group, () -> false);
      } else {
        leadGroup(group);
      }
      return true;
    } finally {
      // Waking the owners takes long: the next leader need not wait for it, and those who are awake
      // can join its group.
      lock.unlock();
      wakeHead();
      for (Piece<?> piece : group) {
        piece.answer();
      }
    }
  }

  private void leadGroup(List<Piece<?>> group) {
    // The group belongs to many: its leader's interrupt must not cut the others' work short.
    boolean interrupted = Thread.interrupted();
    try {
      long begun = System.nanoTime();
      committing = begun;
      gather(group);
      finish(group, () -> gather(group) || await(group, begun));
      commitNanos = System.nanoTime() - committing;
      expected = group.size() + queue.size();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes what is queued up to the next user code; false if there was nothing. */
  private boolean gather(List<Piece<?>> group) {
    int before = group.size();
    Piece<?> head = queue.peek();
    while (head != null && !head.isExclusive() && group.size() < MAX_GROUP) {
      take(head, group);
      head = queue.peek();
    }
    return group.size() > before;
  }

  /**
   * Waits a little for more, as long as fewer have come than a moment ago; false if nobody came.
   * Those who were just answered are on their way back: without a wait they miss this commit by a
   * hair, and writers fall into two groups that take turns.
   */
  @SuppressWarnings("ThreadPriorityCheck") // Whoever is on the way needs this processor.
  private boolean await(List<Piece<?>> group, long begun) {
    long patience = Math.min(commitNanos / 2, MAX_WAIT_NANOS);
    committing = System.nanoTime();
    while (group.size() < expected && committing - begun < patience) {
      Thread.yield();
      if (gather(group)) {
        return true;
      }
      committing = System.nanoTime();
    }
    return false;
  }

  private void take(Piece<?> head, List<Piece<?>> group) {
    // In the group before it is taken: whatever happens in between, its owner gets an answer.
    group.add(head);
    // An owner that gives up removes its piece itself.
    if (!queue.remove(head) || !head.take()) {
      group.remove(group.size() - 1);
    }
  }

  private void finish(List<Piece<?>> group, BooleanSupplier more) {
    if (closed) {
      SqliteException e = closedException();
      group.forEach(piece -> piece.failed(e));
    } else if (!group.isEmpty()) {
      transaction.run(group, more);
    }
  }

  static SqliteException closedException() {
    return new SqliteException(
        Kind.CLOSED, "the database is closed; nothing was written, open it again", null);
  }

  private void wakeHead() {
    Piece<?> head = queue.peek();
    if (head != null) {
      head.wake();
    }
  }

  /**
   * Waits for the group under way; what is queued behind it is told that the database is closed.
   */
  void close() {
    refuseInside();
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
      wakeHead();
    }
  }

  boolean isInside() {
    return lock.isHeldByCurrentThread();
  }

  /** Refuses to close from inside a transaction, which would wait for itself. */
  void refuseInside() {
    if (isInside()) {
      throw new IllegalStateException(
          "a transaction cannot close its own database; close it when the transaction has returned");
    }
  }
}
