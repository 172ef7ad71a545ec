package dev.tiercel.sqlite;

import dev.tiercel.sqlite.SqliteException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
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
  private boolean closed; // Guarded by: lock

  GroupCommit(WriteTransaction transaction, Duration patience) {
    this.transaction = transaction;
    this.patience = patience;
  }

  <T extends @Nullable Object> Written<T> run(Piece<T> piece) {
    if (lock.isHeldByCurrentThread()) {
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
    try {
      if (own.isAnswered()) {
        return true;
      }
      Piece<?> head = queue.peek();
      if (head == null || (head.isExclusive() && head != own)) {
        return false;
      }
      if (head.isExclusive()) {
        if (queue.remove(head) && head.take()) {
          finish(List.of(head));
        }
      } else {
        leadGroup();
      }
      return true;
    } finally {
      lock.unlock();
      wakeHead();
    }
  }

  private void leadGroup() {
    // The group belongs to many: its leader's interrupt must not cut the others' work short.
    boolean interrupted = Thread.interrupted();
    try {
      List<Piece<?>> group = new ArrayList<>();
      Piece<?> head = queue.peek();
      while (head != null && !head.isExclusive() && group.size() < MAX_GROUP) {
        // An owner that gives up removes its piece itself.
        // In the group before it is taken: whatever happens in between, its owner gets an answer.
        group.add(head);
        if (!queue.remove(head) || !head.take()) {
          group.remove(group.size() - 1);
        }
        head = queue.peek();
      }
      finish(group);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void finish(List<Piece<?>> group) {
    try {
      if (closed) {
        SqliteException e = closedException();
        group.forEach(piece -> piece.failed(e));
      } else {
        transaction.run(group);
      }
    } finally {
      group.forEach(Piece::answer);
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
    if (lock.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a transaction cannot close its own database; close it when the transaction has returned");
    }
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
      wakeHead();
    }
  }
}
