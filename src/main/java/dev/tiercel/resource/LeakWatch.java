package dev.tiercel.resource;

import java.lang.ref.Cleaner;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Tells that a manager became garbage with resources in it, and which place created it. Reaches
 * neither the manager nor its resources, or it would keep them alive.
 */
final class LeakWatch {
  private static final Cleaner CLEANER = Cleaner.create();
  static final BiConsumer<String, Throwable> LOG =
      LoggerFactory.getLogger(ResourceManager.class)::warn;

  private volatile int held;
  private volatile boolean ended;
  private Cleaner.@Nullable Cleanable watch;

  /** Begins to watch; called by the constructor of the manager. */
  void begin(ResourceManager manager, String name, BiConsumer<String, Throwable> report) {
    Throwable place = new Throwable("created here");
    watch = CLEANER.register(manager, () -> tell(name, place, report));
  }

  /** Called under the manager's lock. */
  void holds(int resources) {
    held = resources;
  }

  /** The manager is being closed; nothing is told any more. */
  void end() {
    ended = true;
    if (watch != null) {
      watch.clean();
    }
  }

  private void tell(String name, Throwable place, BiConsumer<String, Throwable> report) {
    if (!ended && held > 0) {
      report.accept("'" + name + "' was never closed and still holds " + held, place);
    }
  }
}
