package dev.tiercel.pool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that wait, first come first served.
 *
 * <p>Whoever gives an object back takes it again if somebody waits, and hands it to the first of
 * them; somebody else gets it only if he comes in between. The way back is not fenced, so an object
 * that is given back in the very moment in which a thread joins the line may be missed: whoever
 * waits looks again from time to time.
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

  /**
   * Takes a waiter out of the line, so that nothing is handed to it any more.
   *
   * @return what was handed to it before, or null
   */
  @Nullable Place<T> withdraw(Waiter<T> waiter) {
    Place<T> handed = waiter.stop();
    if (handed == null) {
      line.remove(waiter);
    }
    return handed;
  }

  boolean isFirst(Waiter<T> waiter) {
    return line.peek() == waiter;
  }

  /**
   * Hands a held place to the first who still waits.
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

  void wakeAll() {
    for (Waiter<T> waiter : line) {
      LockSupport.unpark(waiter.thread);
    }
  }
}
