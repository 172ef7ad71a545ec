package dev.tiercel.async;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is at work and who waits for it: a bounded number of each. Thread-safe. */
final class Places {
  private static final Logger log = LoggerFactory.getLogger(Places.class);

  private final Executor executor;
  private final int threads;
  private final int queue;
  private final Tally tally = new Tally();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  // Guarded by: lock
  private final Set<Work> waiting = new LinkedHashSet<>();
  private final Set<Work> taken = new LinkedHashSet<>();
  private final Set<Work> beside = new LinkedHashSet<>(); // Done by somebody at work.
  private final Set<Work> streams = new LinkedHashSet<>();
  private boolean closed;

  Places(Executor executor, int threads, int queue) {
    this.executor = executor;
    this.threads = threads;
    this.queue = queue;
  }

  Tally tally() {
    return tally;
  }

  AsyncStats stats() {
    lock.lock();
    try {
      return tally.with(taken.size(), waiting.size(), streams.size());
    } finally {
      lock.unlock();
    }
  }

  /** Whether this thread is doing some work of these places. */
  boolean isInside() {
    return Seat.isAt(this);
  }

  /** Lets work in, or refuses it if too much waits. */
  void enter(Work work) {
    enter(work, queue);
  }

  /** Lets a stream in that was {@linkplain #open opened}: each waits at most once. */
  void goOn(Work stream) {
    enter(new Turn(stream), Integer.MAX_VALUE);
  }

  /**
   * One turn of a stream. It asks for the next one before its last one has quite left its place.
   */
  private static final class Turn implements Work {
    private final Work stream;

    Turn(Work stream) {
      this.stream = stream;
    }

    @Override
    public void run() {
      stream.run();
    }

    @Override
    public void refuse(AsyncRejectedException why) {
      stream.refuse(why);
    }
  }

  private void enter(Work work, int most) {
    AsyncRejectedException refusal = null;
    boolean free = false;
    lock.lock();
    try {
      if (closed) {
        refusal = closed();
      } else if (taken.size() < threads) {
        taken.add(work);
        free = true;
      } else if (waiting.size() < most) {
        waiting.add(work);
      } else {
        refusal = full();
      }
    } finally {
      lock.unlock();
    }
    if (refusal != null) {
      work.refuse(refusal);
    } else if (free) {
      launch(work);
    }
  }

  /** Takes work back that waits, if it does. */
  void withdraw(Work work) {
    lock.lock();
    try {
      waiting.remove(work);
    } finally {
      lock.unlock();
    }
  }

  /** Does work on this thread, which is at work here already; nothing if it does not wait. */
  void doHere(Work work) {
    lock.lock();
    try {
      if (!waiting.remove(work)) {
        return;
      }
      beside.add(work);
    } finally {
      lock.unlock();
    }
    seat(work);
    lock.lock();
    try {
      beside.remove(work);
    } finally {
      lock.unlock();
    }
  }

  /** Whether others wait, so that a stream should let them go first. */
  boolean isCrowded() {
    lock.lock();
    try {
      return !closed && !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Counts a stream in; returns why not, or null. */
  @Nullable AsyncRejectedException open(Work stream) {
    lock.lock();
    try {
      if (closed) {
        return closed();
      }
      if (streams.size() >= queue) {
        return new AsyncRejectedException(
            "%d streams are open, as many as calls may wait; end some, or raise queue"
                .formatted(queue),
            null);
      }
      streams.add(stream);
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Counts a stream out. */
  void ended(Work stream) {
    lock.lock();
    try {
      streams.remove(stream);
    } finally {
      lock.unlock();
    }
  }

  private void launch(Work first) {
    Work at = first;
    while (at != null) {
      Work now = at;
      try {
        executor.execute(() -> workFrom(now));
        return;
      } catch (Throwable e) { // Also no memory for a thread. A direct executor lets nothing out.
        at = next(now);
        now.refuse(
            new AsyncRejectedException(
                "the executor refused the call; it is shut down, or has less room than the"
                    + " %d threads that it is used with".formatted(threads),
                e));
      }
    }
  }

  private void workFrom(Work first) {
    boolean interrupted = false; // By somebody else: it is not meant for the calls.
    for (Work at = first; at != null; at = next(at)) {
      interrupted |= Thread.interrupted();
      seat(at);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void seat(Work work) {
    try {
      Seat.run(this, work);
    } catch (Throwable e) {
      log.error("An asynchronous call could not be ended in order", e);
    }
  }

  private @Nullable Work next(Work done) {
    lock.lock();
    try {
      taken.remove(done);
      left.signalAll();
      Iterator<Work> first = waiting.iterator();
      if (!first.hasNext()) {
        return null;
      }
      Work next = first.next();
      first.remove();
      taken.add(next);
      return next;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets nobody in any more, and waits for those at work.
   *
   * @return whether it was open until then
   */
  boolean close(Duration patience) {
    List<Work> refused = new ArrayList<>();
    boolean first;
    lock.lock();
    try {
      if (closed && isInside()) {
        return false; // Whoever closes may be waiting for this very call.
      }
      first = !closed;
      closed = true;
      refused.addAll(waiting);
      refused.addAll(streams);
      waiting.clear();
    } finally {
      lock.unlock();
    }
    refuse(refused, closed());
    refuse(
        awaitOthers(patience.toNanos()),
        new AsyncRejectedException(
            "closed while the call ran, and it was interrupted after %s".formatted(patience),
            null));
    return first;
  }

  private static void refuse(List<Work> refused, AsyncRejectedException why) {
    // Each on its own: who listens to one may wait for another.
    refused.forEach(work -> Threads.elsewhere(() -> work.refuse(why)));
  }

  /** Waits until nobody else is at work, or the time is over; returns who still is. */
  private List<Work> awaitOthers(long nanos) {
    lock.lock();
    try {
      for (long still = nanos;
          still > 0 && !taken.stream().allMatch(work -> Seat.isDoing(this, work)); ) {
        still = left.awaitNanos(still);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return others();
  }

  private List<Work> others() {
    lock.lock();
    try {
      return Stream.of(taken, beside)
          .flatMap(Set::stream)
          .filter(work -> !Seat.isDoing(this, work))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** Why no alarm can be set. */
  AsyncRejectedException whyNoTimer(Throwable failure) {
    if (!(failure instanceof RejectedExecutionException)) {
      return new AsyncRejectedException(
          "no alarm can be set for the deadline; let the process have more threads and memory,"
              + " or look at the timer: "
              + failure,
          failure);
    }
    lock.lock();
    try {
      return closed
          ? closed()
          : new AsyncRejectedException(
              "the timer for deadlines is shut down; shut it down after the calls are closed",
              failure);
    } finally {
      lock.unlock();
    }
  }

  private static AsyncRejectedException closed() {
    return new AsyncRejectedException(
        "closed; make calls before close, or open another AsyncCalls", null);
  }

  private AsyncRejectedException full() {
    return new AsyncRejectedException(
        "%d calls run and %d wait, no more are taken; slow down, or raise threads or queue"
            .formatted(threads, queue),
        null);
  }
}
