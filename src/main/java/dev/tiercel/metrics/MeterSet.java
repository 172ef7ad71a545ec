package dev.tiercel.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters that one binding has put into one registry, to be taken out again. Thread-safe.
 *
 * <p>A registry hands out the meter that is there already in place of a second one of the same id,
 * and what the id is its filters say. So a meter is this set's own only if it was not there before
 * it was asked for, which is looked at under the registry's monitor: sets wait for each other
 * there. No other lock is held while a registry is called, for it may call back: a listener that
 * hears of a meter may close what that is of.
 *
 * <p>A registry refers weakly to what its meters read; here each meter's function refers strongly
 * to it, so that a figure lasts as long as its meter.
 */
final class MeterSet implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(MeterSet.class);

  private final MeterRegistry registry;
  private final boolean yields;

  // Guarded by: this
  private final Set<Meter> own = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Runnable> ends = new ArrayList<>();
  private boolean closed;

  MeterSet(MeterRegistry registry) {
    this(registry, false);
  }

  private MeterSet(MeterRegistry registry, boolean yields) {
    this.registry = registry;
    this.yields = yields;
  }

  /** One that leaves out what somebody else has put there already. */
  static MeterSet beside(MeterRegistry registry) {
    return new MeterSet(registry, true);
  }

  MeterRegistry registry() {
    return registry;
  }

  void counter(String name, @Nullable String unit, String help, Tags tags, DoubleSupplier count) {
    add(
        name,
        tags,
        () ->
            FunctionCounter.builder(name, count, ignored -> count.getAsDouble())
                .baseUnit(unit)
                .description(help)
                .tags(tags)
                .register(registry));
  }

  void gauge(String name, @Nullable String unit, String help, Tags tags, DoubleSupplier value) {
    add(
        name,
        tags,
        () ->
            Gauge.builder(name, value, ignored -> value.getAsDouble())
                .baseUnit(unit)
                .description(help)
                .tags(tags)
                .register(registry));
  }

  void timeGauge(String name, String help, Tags tags, Supplier<Duration> time) {
    add(
        name,
        tags,
        () ->
            TimeGauge.builder(name, time, TimeUnit.NANOSECONDS, ignored -> time.get().toNanos())
                .description(help)
                .tags(tags)
                .register(registry));
  }

  /** A timer that reads how often something happened and how long all of it took. */
  void timer(String name, String help, Tags tags, LongSupplier count, Supplier<Duration> took) {
    add(
        name,
        tags,
        () ->
            FunctionTimer.builder(
                    name,
                    count,
                    ignored -> count.getAsLong(),
                    ignored -> took.get().toNanos(),
                    TimeUnit.NANOSECONDS)
                .description(help)
                .tags(tags)
                .register(registry));
  }

  /** A timer that is told; empty if this is closed. */
  Optional<Timer> timer(String name, String help, Tags tags) {
    return add(
        name, tags, () -> Timer.builder(name).description(help).tags(tags).register(registry));
  }

  private <M extends Meter> Optional<M> add(String name, Tags tags, Supplier<M> registration) {
    synchronized (registry) {
      return registered(name, tags, registration).filter(this::own);
    }
  }

  /* Empty if this is closed, or yields to somebody else's. */
  private <M extends Meter> Optional<M> registered(
      String name, Tags tags, Supplier<M> registration) {
    if (isClosed() || (yields && isForeign(name, tags))) {
      return Optional.empty();
    }
    requireAbsent(name, tags);
    Set<Meter> before = Collections.newSetFromMap(new IdentityHashMap<>());
    before.addAll(registry.getMeters());
    M meter = registration.get();
    if (!before.contains(meter) || isOwn(meter)) {
      return Optional.of(meter);
    }
    if (yields) {
      return Optional.empty();
    }
    throw present(name, tags);
  }

  /* False if this was closed meanwhile; the meter is taken out then. */
  private boolean own(Meter meter) {
    synchronized (this) {
      if (!closed) {
        if (own.add(meter)) {
          ends.add(() -> registry.remove(meter));
        }
        return true;
      }
    }
    registry.remove(meter);
    return false;
  }

  /**
   * Refuses what somebody else has put there, whatever filters make of its name.
   *
   * @param name that of a gauge, which is about to be registered by others
   */
  void requireFree(String name, Tags tags) {
    synchronized (registry) {
      registered(name, tags, () -> Gauge.builder(name, () -> 0).tags(tags).register(registry))
          .filter(probe -> !isOwn(probe))
          .ifPresent(registry::remove);
    }
  }

  private void requireAbsent(String name, Tags tags) {
    if (isForeign(name, tags)) {
      throw present(name, tags);
    }
  }

  private static IllegalStateException present(String name, Tags tags) {
    return new IllegalStateException(
        "%s%s is in this registry already; give each a name of its own (a stack: %s)"
            .formatted(name, tags.stream().toList(), "Tiercel.builder(file).name(…)"));
  }

  private boolean isForeign(String name, Tags tags) {
    return registry.find(name).tags(tags).meters().stream().anyMatch(meter -> !isOwn(meter));
  }

  private synchronized boolean isOwn(Meter meter) {
    return own.contains(meter);
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Has something done when this ends; at once if it is closed. */
  void whenClosed(Runnable end) {
    synchronized (this) {
      if (!closed) {
        ends.add(end);
        return;
      }
    }
    end.run();
  }

  /** Takes everything out, last in first out, as far as the registry lets it. */
  @Override
  public void close() {
    List<Runnable> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(ends);
      ends.clear();
      own.clear();
    }
    Collections.reverse(left);
    boolean warned = false;
    for (Runnable end : left) {
      try {
        end.run();
      } catch (Throwable e) {
        if (!warned) {
          log.warn("A registry failed while meters were taken out of it; some may be left", e);
        }
        warned = true;
      }
    }
  }
}
