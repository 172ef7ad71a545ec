package dev.tiercel.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that wait, first come first served.
 *
 * <p>Whoever gives an object back hands it to the first of them; nobody in between can take it. The
 * way back of an object is not fenced, so one that is given back in the very moment in which a
 * thread joins the line may be missed: whoever waits looks again from time to time.
 *
 * @param <T> the type of the objects
 */
@SuppressWarnings("unused") // The fields only take up room.
final class WaitLine<T> extends Attention {
  private long r00;
  private long r01;
  private long r02;
  private long r03;
  private long r04;
  private long r05;
  private long r06;
  private long r07;
  private long r08;
  private long r09;
  private long r10;
  private long r11;
  private long r12;
  private long r13;
  private long r14;
  private long r15;

  private final Queue<Waiter<T>> line = new ConcurrentLinkedQueue<>();

  Waiter<T> join() {
    addWaiter();
    Waiter<T> waiter = new Waiter<>();
    line.add(waiter);
    return waiter;
  }

  /** Called once by each waiter, whatever became of it. */
  void leave(Waiter<T> waiter) {
    line.remove(waiter);
    removeWaiter();
  }

  boolean isFirst(Waiter<T> waiter) {
    return line.peek() == waiter;
  }

  /**
   * Hands a leased place to the first who still waits.
   *
   * @return whether there was one
   */
  boolean handOver(Place<T> place) {
    for (Waiter<T> first = line.poll(); first != null; first = line.poll()) {
      if (first.hand(place)) {
        return true;
      }
    }
    return false;
  }

  /** Whether nobody is there to be handed anything. */
  boolean isEmpty() {
    return line.isEmpty();
  }

  /** Lets the first one look around: there is room for an object. */
  void wakeFirst() {
    Waiter<T> first = line.peek();
    if (first != null) {
      LockSupport.unpark(first.thread);
    }
  }

  void wakeAll() {
    for (Waiter<T> waiter : line) {
      LockSupport.unpark(waiter.thread);
    }
  }
}
