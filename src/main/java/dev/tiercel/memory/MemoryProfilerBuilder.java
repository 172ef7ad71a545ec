package dev.tiercel.memory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Describes a {@link MemoryProfiler}. Not thread-safe. No argument may be null. */
public final class MemoryProfilerBuilder {
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final int MOST = 1_000_000;
  private static final int WIDEST = 1_000;

  MemorySource source = MemorySource.jvm();
  InstantSource clock = InstantSource.system();
  LongSupplier ticker = System::nanoTime;
  Duration every = Duration.ZERO;
  @Nullable ScheduledExecutorService timer;
  int samples = 600;
  int names = 1_000;
  int window = 60;
  LeakDetector detector = LeakDetector.standard();
  Consumer<Measurement> listener = measurement -> {};
  Consumer<LeakVerdict> leakListener = verdict -> {};

  MemoryProfilerBuilder() {}

  /**
   * Takes samples by itself. Unless it is set there are only those of {@link
   * MemoryProfiler#sample}.
   *
   * @param time the time from the end of one sample to the next, 1 ms to 365 days; a second is
   *     usual
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public MemoryProfilerBuilder every(Duration time) {
    if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "samples can be taken every 1 ms to 365 days, not every "
              + time
              + "; leave it out for none");
    }
    this.every = time;
    return this;
  }

  /**
   * Takes them by somebody else's schedule. Without it the profiler has a daemon thread of its own.
   *
   * @param given the schedule, which the profiler does not stop
   * @return this
   */
  public MemoryProfilerBuilder schedule(ScheduledExecutorService given) {
    this.timer = Objects.requireNonNull(given, "schedule must not be null");
    return this;
  }

  /**
   * How many samples are kept; 600 unless it is set, of some 600 bytes each.
   *
   * @param most 1 to 1,000,000
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public MemoryProfilerBuilder samples(int most) {
    this.samples = within("samples", most, 1, MOST);
    return this;
  }

  /**
   * How many names of measured calls have statistics of their own; 1,000 unless it is set.
   *
   * @param most 1 to 1,000,000
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public MemoryProfilerBuilder names(int most) {
    this.names = within("names", most, 1, MOST);
    return this;
  }

  /**
   * Sets the leak watch.
   *
   * @param judge judges
   * @param newest how many of the newest live sets it looks at, at least as many as it needs, at
   *     most 1,000; 60 unless it is set. More of them tell slower leaks, and later
   * @return this
   * @throws IllegalArgumentException if there are too few or too many
   */
  public MemoryProfilerBuilder leakWatch(LeakDetector judge, int newest) {
    this.window = within("the live sets of a leak watch", newest, judge.needed(), WIDEST);
    this.detector = judge;
    return this;
  }

  /**
   * Has somebody told when the verdict becomes {@link LeakVerdict.Kind#GROWING}; a warning is
   * logged as well.
   *
   * @param told is called by the thread that takes the sample; what it throws is logged
   * @return this
   */
  public MemoryProfilerBuilder leakListener(Consumer<LeakVerdict> told) {
    this.leakListener = Objects.requireNonNull(told, "leakListener must not be null");
    return this;
  }

  /**
   * Has somebody told of each measured call.
   *
   * @param told is called by the thread that made it; what it throws is logged
   * @return this
   */
  public MemoryProfilerBuilder listener(Consumer<Measurement> told) {
    this.listener = Objects.requireNonNull(told, "listener must not be null");
    return this;
  }

  /**
   * Takes the figures from elsewhere, for tests.
   *
   * @param given the source, instead of {@link MemorySource#jvm}
   * @return this
   */
  public MemoryProfilerBuilder source(MemorySource given) {
    this.source = Objects.requireNonNull(given, "source must not be null");
    return this;
  }

  /**
   * Dates the snapshots by another clock, for tests.
   *
   * @param given the clock
   * @return this
   */
  public MemoryProfilerBuilder clock(InstantSource given) {
    this.clock = Objects.requireNonNull(given, "clock must not be null");
    return this;
  }

  /**
   * Times the measured calls by another ticker, for tests.
   *
   * @param nanos gives nanoseconds since any moment
   * @return this
   */
  public MemoryProfilerBuilder ticker(LongSupplier nanos) {
    this.ticker = Objects.requireNonNull(nanos, "ticker must not be null");
    return this;
  }

  /**
   * Makes the profiler, which begins at once.
   *
   * @return the profiler, to be closed by the caller if it takes samples
   */
  public MemoryProfiler build() {
    return new MemoryProfiler(this);
  }

  private static int within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be between %,d and %,d, but are %,d".formatted(what, least, most, value));
    }
    return value;
  }
}
