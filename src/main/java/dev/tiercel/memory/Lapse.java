package dev.tiercel.memory;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns when something begins to fail, and is silent until it has worked again: what fails once a
 * second would fill the log. Thread-safe.
 */
final class Lapse {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryProfiler.class);

  private final String message;
  private final AtomicBoolean failing = new AtomicBoolean();

  Lapse(String message) {
    this.message = message;
  }

  void worked() {
    if (failing.get()) {
      failing.set(false);
    }
  }

  void failed(Throwable why) {
    if (failing.compareAndSet(false, true)) {
      LOG.warn("{}; this is said again only after it has worked", message, why);
    }
  }
}
