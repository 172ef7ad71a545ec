package dev.tiercel.web;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer that never fires: the test calls what it would. */
final class StillTimer extends ScheduledThreadPoolExecutor {
  StillTimer() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long delay, long period, TimeUnit unit) {
    return schedule(() -> {}, 1_000, TimeUnit.DAYS);
  }
}
