package dev.tiercel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/**
 * Some sources, and the registries that they are bound to. It is the part of {@link TiercelMetrics}
 * that cannot be loaded without Micrometer.
 */
final class MeterBindings extends TiercelMetrics implements MeterBinder {
  private final List<MeterSource> sources;

  // Guarded by: this
  private final IdentityHashMap<MeterRegistry, MeterSet> bound = new IdentityHashMap<>();
  private boolean closed;

  MeterBindings(List<MeterSource> sources) {
    this.sources = List.copyOf(sources);
  }

  @Override
  List<MeterSource> sources() {
    return sources;
  }

  @Override
  public synchronized void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry must not be null");
    if (closed) {
      throw new IllegalStateException("these metrics are closed, as is what they were of");
    }
    if (bound.containsKey(registry)) {
      return;
    }
    MeterSet meters = new MeterSet(registry);
    boolean done = false;
    try {
      sources.forEach(source -> source.register(meters));
      bound.put(registry, meters);
      done = true;
    } finally {
      if (!done) {
        meters.close();
      }
    }
  }

  @Override
  public void close() {
    List<MeterSet> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(bound.values());
      bound.clear();
    }
    left.forEach(MeterSet::close);
  }
}
