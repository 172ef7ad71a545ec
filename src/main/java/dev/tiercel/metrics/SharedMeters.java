package dev.tiercel.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Meters of the whole process: a registry has them once, from the first that asks for them until
 * the last one lets go.
 */
final class SharedMeters {
  private static final Map<MeterRegistry, SharedMeters> ALL = new HashMap<>(); // Guarded by: ALL

  private final MeterSet meters;
  private int users; // Guarded by: ALL

  private SharedMeters(MeterSet meters) {
    this.meters = meters;
  }

  /** Has the meters registered if they are not, and keeps them as long as a set is open. */
  static void use(MeterSet user, Consumer<MeterSet> registration) {
    MeterRegistry registry = user.registry();
    synchronized (ALL) {
      SharedMeters shared = ALL.get(registry);
      if (shared == null) {
        shared = new SharedMeters(MeterSet.beside(registry));
        shared.register(registration);
        ALL.put(registry, shared);
      }
      shared.users++;
    }
    user.whenClosed(() -> release(registry));
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

  private static void release(MeterRegistry registry) {
    synchronized (ALL) {
      SharedMeters shared = ALL.get(registry);
      if (shared != null && --shared.users == 0) {
        ALL.remove(registry);
        shared.meters.close();
      }
    }
  }
}
