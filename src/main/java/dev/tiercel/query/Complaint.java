package dev.tiercel.query;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once what goes wrong with the rule of a method. Thread-safe. */
final class Complaint {
  private static final Logger LOG = LoggerFactory.getLogger(Caching.class);

  private final WrappedMethod method;
  private final String consequence;
  private final AtomicBoolean made = new AtomicBoolean();

  Complaint(WrappedMethod method, String consequence) {
    this.method = method;
    this.consequence = consequence;
  }

  /** Logs the first time. Throws nothing. */
  void report(String what, @Nullable Throwable cause) {
    try {
      if (made.compareAndSet(false, true)) {
        LOG.warn("{}: {}; {}; later failures are not logged", method, what, consequence, cause);
      }
    } catch (Throwable e) {
      // A log that fails must cost neither the answer nor the end of a write.
    }
  }
}
