package dev.tiercel.web;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** A time that stands still until it is set. */
final class SetTime implements LongSupplier {
  private final AtomicLong now = new AtomicLong(-17);

  @Override
  public long getAsLong() {
    return now.get();
  }

  void advance(Duration by) {
    now.addAndGet(by.toNanos());
  }
}
