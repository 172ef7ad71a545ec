package dev.tiercel.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;

/**
 * What the collections of a made-up program leave, once a second: something that is held, and
 * around it what requests hold just then, which is more or less for a while.
 */
final class SimulatedProgram {
  static final double MEGABYTE = 1e6;
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final List<LiveSet> sets = new ArrayList<>();
  private final SplittableRandom random;
  private final double noise;
  private final double inertia;
  private double requests;

  /** A program: how much it holds to begin with, how much more or less of it is chance. */
  SimulatedProgram(long seed) {
    random = new SplittableRandom(seed);
    noise = MEGABYTE * (0.5 + 4.5 * random.nextDouble());
    inertia = 0.7 * random.nextDouble();
  }

  /** Lets it run; {@code held} gives the megabytes that it holds for long, by the second. */
  List<LiveSet> run(int seconds, IntToDoubleFunction held) {
    double base = MEGABYTE * (20 + 400 * random.nextDouble());
    for (int second = 0; second < seconds; second++) {
      requests =
          inertia * requests + Math.sqrt(1 - inertia * inertia) * noise * random.nextGaussian();
      double spike = random.nextInt(20) == 0 ? 30 * MEGABYTE * random.nextDouble() : 0;
      double bytes = base + MEGABYTE * held.applyAsDouble(second) + requests + spike;
      Duration since = Duration.ofMillis(1_000L * second + random.nextInt(200));
      sets.add(new LiveSet(BEGIN.plus(since), (long) Math.max(0, bytes)));
    }
    return List.copyOf(sets);
  }
}
