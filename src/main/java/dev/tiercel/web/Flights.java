package dev.tiercel.web;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has one request of many for the same target go to the handler while the others wait for what it
 * brings; and knows the targets for which any request is on its way, so that an unsafe request
 * finds them. Thread-safe.
 */
final class Flights {
  private final ConcurrentMap<String, Flight> leading = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Integer> underWay = new ConcurrentHashMap<>();

  /** A request that others may wait for. */
  final class Flight {
    private final String target;
    private final CountDownLatch landed = new CountDownLatch(1);

    private Flight(String target) {
      this.target = target;
    }

    /** Lets those go that wait: there is something to find now, or nothing will come. */
    void land() {
      leading.remove(target, this);
      landed.countDown();
    }

    /**
     * Waits for it.
     *
     * @return false if this thread was interrupted, or the time is over
     */
    boolean await(Duration most) {
      try {
        return landed.await(most.toNanos(), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** A flight of one's own, unless there is one already. */
  @Nullable Flight lead(String target) {
    Flight mine = new Flight(target);
    return leading.putIfAbsent(target, mine) == null ? mine : null;
  }

  @Nullable Flight under(String target) {
    return leading.get(target);
  }

  /** Notes that a request is on its way to the handler, before its stamp is drawn. */
  void depart(String target) {
    underWay.merge(target, 1, Integer::sum);
  }

  void arrive(String target) {
    underWay.computeIfPresent(target, (key, count) -> count == 1 ? null : count - 1);
  }

  boolean isUnderWay(String target) {
    return underWay.containsKey(target);
  }

  /** How many targets are on their way. */
  int size() {
    return underWay.size();
  }
}
