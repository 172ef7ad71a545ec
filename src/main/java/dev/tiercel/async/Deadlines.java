package dev.tiercel.async;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when the time of a call is over. */
record Deadlines(ScheduledExecutorService timer, LongSupplier nanos) {
  private static final Logger log = LoggerFactory.getLogger(Deadlines.class);

  /** Longer than anybody waits, and far from where nanoseconds overflow. */
  static final Duration LONGEST = Duration.ofDays(36_500);

  static Duration capped(Duration time) {
    return time.compareTo(LONGEST) > 0 ? LONGEST : time;
  }

  long at(Duration fromNow) {
    return nanos.getAsLong() + fromNow.toNanos();
  }

  boolean isPast(long at) {
    return nanos.getAsLong() - at >= 0;
  }

  Future<?> alarm(long at, Runnable late) {
    return timer.schedule(late, Math.max(0, at - nanos.getAsLong()), TimeUnit.NANOSECONDS);
  }

  /** Takes an alarm back. If somebody else's timer cannot do that, it rings in vain. */
  static void cancel(Future<?> alarm) {
    try {
      alarm.cancel(false);
    } catch (Throwable e) {
      log.warn("The alarm of a call that is over cannot be cancelled; look at the timer", e);
    }
  }
}
