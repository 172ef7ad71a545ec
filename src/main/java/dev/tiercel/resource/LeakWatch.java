package dev.tiercel.resource;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a manager that became unreachable while it still had resources, with the place that
 * created it. Holds no reference to the manager.
 */
final class LeakWatch implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ResourceManager.class);
  private static final Cleaner CLEANER = Cleaner.create();

  static final BiConsumer<String, Throwable> WARN =
      (message, created) -> log.warn("{}", message, created);

  private final String name;
  private final BiConsumer<String, Throwable> report;
  private final Throwable created = new Throwable("created here");
  private final AtomicInteger open = new AtomicInteger();

  LeakWatch(String name, BiConsumer<String, Throwable> report) {
    this.name = name;
    this.report = report;
  }

  void watch(ResourceManager manager) {
    CLEANER.register(manager, this);
  }

  void opened() {
    open.incrementAndGet();
  }

  void closed() {
    open.decrementAndGet();
  }

  @Override
  public void run() {
    if (open.get() > 0) {
      report.accept(
          "The resource manager '%s' was never closed; %d resources stay open"
              .formatted(name, open.get()),
          created);
    }
  }
}
