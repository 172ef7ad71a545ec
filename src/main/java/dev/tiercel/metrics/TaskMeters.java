package dev.tiercel.metrics;

import dev.tiercel.task.ObservedTaskRepository;
import dev.tiercel.task.TaskMethod;
import dev.tiercel.task.TaskObserver;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times the calls that reach a repository. Each method has a timer for its successes from the
 * start, and one for what else becomes of it once that happened.
 */
record TaskMeters(ObservedTaskRepository tasks, String name) implements MeterSource {
  @Override
  public void register(MeterSet meters) {
    Observer observer = new Observer(meters, name);
    for (TaskMethod method : TaskMethod.values()) {
      observer.timer(new Operation(method, TaskObserver.Outcome.SUCCESS));
    }
    meters.whenClosed(tasks.observe(observer));
  }

  private record Operation(TaskMethod method, TaskObserver.Outcome outcome) {}

  private static final class Observer implements TaskObserver {
    private final MeterSet meters;
    private final String name;
    private final Map<Operation, Optional<Timer>> timers = new ConcurrentHashMap<>();

    Observer(MeterSet meters, String name) {
      this.meters = meters;
      this.name = name;
    }

    @Override
    public void called(TaskMethod method, Outcome outcome, long nanos) {
      Operation operation = new Operation(method, outcome);
      Optional<Timer> timer = timers.get(operation);
      if (timer == null) {
        timer = timer(operation);
      }
      timer.ifPresent(known -> known.record(nanos, TimeUnit.NANOSECONDS));
    }

    private Optional<Timer> timer(Operation operation) {
      Optional<Timer> timer = Optional.empty(); // What is refused is not tried again.
      try {
        timer =
            meters.timer(
                "tiercel.task.operation",
                "Calls that reached the repository, which those answered by the cache do not",
                Tags.of(
                    "repository",
                    name,
                    "method",
                    operation.method().methodName(),
                    "outcome",
                    operation.outcome().name().toLowerCase(Locale.ROOT)));
      } finally {
        timers.put(operation, timer);
      }
      return timer;
    }
  }
}
