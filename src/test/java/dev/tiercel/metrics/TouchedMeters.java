package dev.tiercel.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A registry that counts every use of a meter by the thread that made it, be the meter told or
 * read; and that fails, if a test says so. Other threads touch some whenever they like: HikariCP
 * opens a connection, the ledger looks for other processes.
 */
final class TouchedMeters extends SimpleMeterRegistry {
  /** What fails. */
  enum Failing {
    NOTHING,
    TELLING,
    REMOVING
  }

  final Touches touches;
  volatile Failing failing = Failing.NOTHING;

  /** Any further meter is refused. */
  final AtomicLong meters = new AtomicLong(Long.MAX_VALUE);

  TouchedMeters() {
    this(new Touches(Thread.currentThread(), new AtomicLong()));
  }

  private TouchedMeters(Touches touches) {
    super(SimpleConfig.DEFAULT, new CountingClock(touches));
    this.touches = touches;
  }

  /** How often one thread used a meter. */
  record Touches(Thread thread, AtomicLong number) {
    void count() {
      if (Thread.currentThread() == thread) {
        number.incrementAndGet();
      }
    }

    long get() {
      return number.get();
    }
  }

  private record CountingClock(Touches touches) implements Clock {
    @Override
    public long wallTime() {
      touches.count();
      return SYSTEM.wallTime();
    }

    @Override
    public long monotonicTime() {
      touches.count();
      return SYSTEM.monotonicTime();
    }
  }

  private <M extends Meter> M touched(Class<M> type, M meter) {
    if (meters.getAndDecrement() <= 0) {
      throw new IllegalStateException("no more meters, as asked");
    }
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "getId", "hashCode", "toString" -> {}
                case "equals" -> {
                  return proxy == arguments[0];
                }
                default -> {
                  touches.count();
                  if (failing == Failing.TELLING) {
                    throw new IllegalStateException("as asked");
                  }
                }
              }
              try {
                return method.invoke(meter, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public @Nullable Meter remove(Meter.Id id) {
    if (failing == Failing.REMOVING) {
      throw new IllegalStateException("as asked");
    }
    return super.remove(id);
  }

  @Override
  protected Counter newCounter(Meter.Id id) {
    return touched(Counter.class, super.newCounter(id));
  }

  @Override
  protected Timer newTimer(
      Meter.Id id, DistributionStatisticConfig config, PauseDetector detector) {
    return touched(Timer.class, super.newTimer(id, config, detector));
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Meter.Id id, DistributionStatisticConfig config, double scale) {
    return touched(DistributionSummary.class, super.newDistributionSummary(id, config, scale));
  }

  @Override
  protected LongTaskTimer newLongTaskTimer(Meter.Id id, DistributionStatisticConfig config) {
    return touched(LongTaskTimer.class, super.newLongTaskTimer(id, config));
  }

  @Override
  protected <T> Gauge newGauge(Meter.Id id, @Nullable T source, ToDoubleFunction<T> value) {
    return touched(Gauge.class, super.newGauge(id, source, value));
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(
      Meter.Id id, T source, ToDoubleFunction<T> count) {
    return touched(FunctionCounter.class, super.newFunctionCounter(id, source, count));
  }

  @Override
  protected <T> FunctionTimer newFunctionTimer(
      Meter.Id id, T source, ToLongFunction<T> count, ToDoubleFunction<T> total, TimeUnit unit) {
    return touched(FunctionTimer.class, super.newFunctionTimer(id, source, count, total, unit));
  }

  @Override
  protected Meter newMeter(Meter.Id id, Meter.Type type, Iterable<Measurement> measurements) {
    return touched(Meter.class, super.newMeter(id, type, measurements));
  }

  /** Reads a counter or gauge. */
  double value(String name, String... tags) {
    Meter meter = get(name).tags(Tags.of(tags)).meter();
    return meter.measure().iterator().next().getValue();
  }
}
