package dev.tiercel.sqlite;

import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has HikariCP meter one pool in any number of registries, and goes on when a registry fails. It
 * takes one tracker, once and for ever; this one hands on to those that it knows at the time.
 */
final class PoolMeters implements MetricsTrackerFactory, IMetricsTracker {
  private static final Logger log = LoggerFactory.getLogger(PoolMeters.class);

  /* By its name, because its type would bring Micrometer into this room. */
  private static final String MICROMETER =
      "com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory";

  private final List<IMetricsTracker> trackers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean warned = new AtomicBoolean();
  private final long begun = System.nanoTime();
  private @Nullable String pool; // Set before the first tracker comes, as the next.
  private @Nullable PoolStats stats;
  private boolean closed; // Guarded by: this

  @Override
  public IMetricsTracker create(String poolName, PoolStats poolStats) {
    pool = poolName;
    stats = poolStats;
    return this;
  }

  /**
   * Begins to meter in a registry.
   *
   * @return removes the meters when run; they are gone already if the pool is closed
   * @throws IllegalArgumentException if that is no registry of Micrometer's
   */
  Runnable add(Object registry) {
    IMetricsTracker tracker =
        factory(registry).create(Objects.requireNonNull(pool), Objects.requireNonNull(stats));
    boolean late;
    synchronized (this) {
      late = closed;
      if (!late) {
        trackers.add(tracker);
      }
    }
    if (late) {
      tracker.close();
    }
    return () -> {
      if (trackers.remove(tracker)) {
        tracker.close();
      }
    };
  }

  private static MetricsTrackerFactory factory(Object registry) {
    try {
      return (MetricsTrackerFactory)
          Class.forName(MICROMETER).getConstructors()[0].newInstance(registry);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          registry.getClass().getName() + " is no MeterRegistry of Micrometer's", e);
    } catch (InvocationTargetException e) {
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this HikariCP has no meters for Micrometer", e);
    }
  }

  private void tell(Consumer<IMetricsTracker> event) {
    tell(trackers, event);
  }

  private void tell(List<IMetricsTracker> trackers, Consumer<IMetricsTracker> event) {
    for (IMetricsTracker tracker : trackers) {
      try {
        event.accept(tracker);
      } catch (Throwable e) {
        if (warned.compareAndSet(false, true)) {
          log.warn("A meter of pool {} failed; the pool goes on, and says this no more", pool, e);
        }
      }
    }
  }

  @Override
  public void recordConnectionCreatedMillis(long millis) {
    tell(tracker -> tracker.recordConnectionCreatedMillis(millis));
  }

  @Override
  public void recordConnectionAcquiredNanos(long nanos) {
    tell(tracker -> tracker.recordConnectionAcquiredNanos(nanos));
  }

  @Override
  public void recordConnectionUsageMillis(long millis) {
    // Of what was lent out before this began, HikariCP does not know since when.
    if (millis <= TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) + 1) {
      tell(tracker -> tracker.recordConnectionUsageMillis(millis));
    }
  }

  @Override
  public void recordConnectionTimeout() {
    tell(IMetricsTracker::recordConnectionTimeout);
  }

  /** Takes the meters out of every registry, those that are just being put there too. */
  @Override
  public void close() {
    List<IMetricsTracker> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(trackers);
      trackers.clear();
    }
    tell(left, IMetricsTracker::close);
  }
}
