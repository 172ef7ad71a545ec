package dev.tiercel.cache;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A schedule that runs what was given to it only when it is told to. */
final class ManualSchedule extends ScheduledThreadPoolExecutor {
  private volatile Runnable command = () -> {};

  ManualSchedule() {
    super(0);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable given, long initialDelay, long delay, TimeUnit unit) {
    command = given;
    return super.schedule(() -> {}, 1_000, TimeUnit.DAYS);
  }

  /** Lets the time of one look pass. */
  void pass() {
    command.run();
  }
}
