package dev.tiercel.web;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a pool: who uses it, and who has to wait. */
final class DashboardPoolReader implements DashboardReader {
  private final Supplier<DashboardPool> pool;
  private final String line;
  private @Nullable DashboardPool last;

  DashboardPoolReader(Supplier<DashboardPool> pool, String line) {
    this.line = line;
    this.pool = pool;
  }

  @Override
  public void read(DashboardReading reading) {
    DashboardPool now = pool.get();
    DashboardPool before = last;
    reading.point("pools", line, now.inUse());
    reading.point("waiting", line, now.waiting());
    last = now;
    reading
        .detail
        .field("most", now.most())
        .field("idle", now.idle())
        .field("inUse", now.inUse())
        .field("waiting", now.waiting())
        .field("leases", now.leases())
        .field("waits", now.waits())
        .field("waitMillis", millis(now.waitTime().orElse(null)))
        .field("refused", now.refused())
        .field("leasesPerSecond", leases(reading, before, now));
  }

  private static double leases(
      DashboardReading reading, @Nullable DashboardPool before, DashboardPool now) {
    if (before == null || now.leases().isEmpty() || reading.seconds <= 0) {
      return Double.NaN;
    }
    long lent = now.leases().getAsLong() - before.leases().orElse(0);
    return Math.max(0, lent) / reading.seconds;
  }

  private static OptionalDouble millis(@Nullable Duration time) {
    return time == null ? OptionalDouble.empty() : OptionalDouble.of(time.toNanos() / 1e6);
  }
}
