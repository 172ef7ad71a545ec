package dev.tiercel.web;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What moves a dashboard: once a second it takes a sample, sends it, and looks for clients that
 * hold threads up. Thread-safe.
 */
final class DashboardClock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DashboardClock.class);

  private final DashboardThreads writers;
  private final List<DashboardThreads> watched = new CopyOnWriteArrayList<>();
  private final SseStreams streams;
  private final DashboardSampler sampler;
  private final @Nullable ScheduledExecutorService own; // Null if it was given another.
  private final ScheduledFuture<?> ticking;
  private final AtomicBoolean closed = new AtomicBoolean();

  DashboardClock(DashboardBuilder built) {
    // One more for what is counted in the background, so that clients cannot hold that up.
    writers = new DashboardThreads(built.mostStreams() + 1, built.nanoTime());
    watched.add(writers);
    streams = new SseStreams(built.mostStreams(), writers);
    sampler = new DashboardSampler(built.sources(), built.clock(), built.nanoTime(), streams);
    ScheduledExecutorService timer = built.timer();
    own =
        timer == null ? Executors.newSingleThreadScheduledExecutor(DashboardThreads::thread) : null;
    boolean isTicking = false;
    try {
      sampler.tick(); // So that the first page has something to show.
      ticking =
          (timer == null ? Objects.requireNonNull(own) : timer)
              .scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
      isTicking = true;
    } finally {
      if (!isTicking) { // Such as with a timer that was shut down.
        release();
      }
    }
  }

  void watch(DashboardThreads threads) {
    watched.add(threads);
  }

  SseStreams streams() {
    return streams;
  }

  DashboardSampler sampler() {
    return sampler;
  }

  /** Survives whatever happens, because it is not called again after it threw. */
  void tick() {
    try {
      sampler.tick();
      watched.forEach(DashboardThreads::tick);
    } catch (Throwable e) {
      log.warn("The dashboard missed a second", e);
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    ticking.cancel(false);
    release();
  }

  private void release() {
    if (own != null) {
      own.shutdown();
    }
    streams.close();
    writers.close();
    sampler.close();
  }
}
