package dev.tiercel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Meters of the whole process: a registry has them once, from the first that asks for them until
 * the last one lets go.
 *
 * <p>Only those who use them keep this alive, so that a registry that nobody has any more is
 * garbage. If they are forgotten and the registry is not, its meters stay and belong to nobody.
 */
final class SharedMeters {
  // Guarded by: ALL
  private static final Map<MeterRegistry, WeakReference<SharedMeters>> ALL = new WeakHashMap<>();

  private final MeterSet meters;
  private int users; // Guarded by: the registry, as joining and leaving is

  private SharedMeters(MeterSet meters) {
    this.meters = meters;
  }

  /** Has the meters registered if they are not, and keeps them as long as a set is open. */
  static void use(MeterSet user, Consumer<MeterSet> registration) {
    MeterRegistry registry = user.registry();
    synchronized (registry) {
      SharedMeters shared = find(registry);
      if (shared == null) {
        shared = new SharedMeters(MeterSet.beside(registry));
        shared.register(registration);
        put(registry, shared);
      }
      shared.users++;
      user.whenClosed(shared::leave);
    }
  }

  private static @Nullable SharedMeters find(MeterRegistry registry) {
    synchronized (ALL) {
      WeakReference<SharedMeters> known = ALL.get(registry);
      SharedMeters shared = known == null ? null : known.get();
      return shared == null || shared.meters.isClosed() ? null : shared;
    }
  }

  private static void put(MeterRegistry registry, SharedMeters shared) {
    synchronized (ALL) {
      ALL.put(registry, new WeakReference<>(shared));
    }
  }

  private void register(Consumer<MeterSet> registration) {
    boolean done = false;
    try {
      registration.accept(meters);
      done = true;
    } finally {
      if (!done) {
        meters.close();
      }
    }
  }

  private void leave() {
    synchronized (meters.registry()) {
      if (--users == 0) {
        meters.close();
      }
    }
  }
}
