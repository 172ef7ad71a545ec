package dev.tiercel.query;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the queries of a warmer share: time, threads and pace. Immutable.
 *
 * @param timer tells them when
 * @param executor makes their calls
 * @param pace how fast calls may follow each other
 * @param jitter by which part of it a wait may be shorter
 * @param budget how long a round may take, or zero
 * @param retry how long to wait after a failure
 * @param listener is told of each round
 */
record Warming(
    ScheduledExecutorService timer,
    Executor executor,
    InstantSource clock,
    Pace pace,
    double jitter,
    Duration budget,
    Duration retry,
    Consumer<WarmOutcome> listener) {
  private static final Logger LOG = LoggerFactory.getLogger(Warming.class);

  Instant now() {
    return clock.instant();
  }

  Future<?> later(Runnable work, Duration delay) {
    return timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  void run(Runnable work) {
    executor.execute(work);
  }

  void report(WarmOutcome outcome) {
    try {
      listener.accept(outcome);
    } catch (Throwable e) {
      LOG.warn("what listens to the warming of {} failed", outcome.name(), e);
    }
  }
}
