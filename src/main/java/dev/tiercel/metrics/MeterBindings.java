package dev.tiercel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
  public void bindTo(MeterRegistry registry) {
    Objects.requireNonNull(registry, "registry must not be null");
    synchronized (registry) { // One binding at a time: see MeterSet.
      MeterSet meters = new MeterSet(registry);
      if (begin(meters)) {
        bind(meters);
      }
    }
  }

  /* False if it is bound already. From now on a close reaches the set. */
  private synchronized boolean begin(MeterSet meters) {
    if (closed) {
      throw closed();
    }
    return bound.putIfAbsent(meters.registry(), meters) == null;
  }

  private void bind(MeterSet meters) {
    boolean done = false;
    try {
      sources.forEach(source -> source.register(meters));
      done = !meters.isClosed();
    } catch (RuntimeException e) {
      // Whoever heard of a meter may have closed what it is of, so that the rest is not to be had.
      throw meters.isClosed() ? closed(e) : e;
    } finally {
      if (!done) {
        forget(meters);
      }
    }
    if (!done) {
      throw closed();
    }
  }

  private void forget(MeterSet meters) {
    synchronized (this) {
      bound.remove(meters.registry(), meters);
    }
    meters.close();
  }

  private static IllegalStateException closed() {
    return closed(null);
  }

  private static IllegalStateException closed(@Nullable Throwable cause) {
    return new IllegalStateException("these metrics are closed, as is what they were of", cause);
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
