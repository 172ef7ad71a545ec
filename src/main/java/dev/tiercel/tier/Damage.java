package dev.tiercel.tier;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what did not stand its checksum or could not be read, and says once that there is some: a
 * broken disk may have very many. Thread-safe.
 */
final class Damage {
  private static final Logger logger = LoggerFactory.getLogger(Damage.class);

  private final Path place;
  private final LongAdder count = new LongAdder();
  private final AtomicBoolean said = new AtomicBoolean();

  Damage(Path place) {
    this.place = place;
  }

  /** Notes some; none if there are 0. */
  void found(long some) {
    if (some > 0) {
      count.add(some);
      if (said.compareAndSet(false, true)) {
        logger.warn(
            "{} has damaged records, which are left out; from here on they are counted only",
            place);
      }
    }
  }

  /** Notes one that was told already. */
  void told() {
    count.increment();
  }

  long sum() {
    return count.sum();
  }
}
