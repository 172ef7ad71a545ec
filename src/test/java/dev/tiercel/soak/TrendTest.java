package dev.tiercel.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.memory.LiveSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A leak of anything makes the verdict red; noise, peaks and a warm-up do not. */
class TrendTest {
  private static final double MINUTES = 20; // The long opening of a run of thirty.
  private static final int SAMPLES = 240;
  private static final int COLLECTIONS = 24;
  private static final double MIB = 1 << 20;
  private final Random random = new Random(7);

  private static LiveSet sample(double minute, double value) {
    return new LiveSet(Instant.EPOCH.plusMillis((long) (minute * 60_000)), (long) value);
  }

  private static Trend atWork(Gauge gauge, DoubleUnaryOperator valueAtMinute) {
    int samples = gauge == Gauge.HEAP ? COLLECTIONS : SAMPLES;
    List<LiveSet> all =
        IntStream.rangeClosed(1, samples)
            .mapToDouble(i -> i * MINUTES / samples)
            .mapToObj(minute -> sample(minute, valueAtMinute.applyAsDouble(minute)))
            .toList();
    return Trend.of(gauge, all, Gauge::atWork);
  }

  private static Trend closed(Gauge gauge, DoubleUnaryOperator valueAtOpening) {
    List<LiveSet> all =
        IntStream.range(0, Trend.LEAST)
            .mapToObj(i -> sample(i, valueAtOpening.applyAsDouble(i)))
            .toList();
    return Trend.of(gauge, all, Gauge::closed);
  }

  /* The leaks in a minute that must be found, however much there is. */
  @ParameterizedTest
  @CsvSource({
    "HEAP, 80e6, 1048576",
    "RSS, 450e6, 1572864",
    "DIRECT, 200e3, 1048576",
    "FILES_OPEN, 250, 1",
    "THREADS, 70, 1",
    "METERS, 900, 1",
    "ROWS, 20000, 25",
    "LOG_ROWS, 100000, 100",
    "TASKS, 40e6, 262144",
    "WAL, 8e6, 524288",
    "CACHE, 4e6, 262144",
    "SEGMENTS, 4e6, 262144",
    "BESIDE, 1e6, 131072",
    "NAMES, 4, 1",
    "FILES, 10, 1"
  })
  void aSteadyLeakIsFound(Gauge gauge, double start, double eachMinute) {
    assertFalse(atWork(gauge, minute -> start + Math.floor(minute * eachMinute)).isFlat());
  }

  @Test
  void aLeakIsFoundInNoiseAndNoiseIsNone() {
    for (int seed = 0; seed < 200; seed++) {
      random.setSeed(seed);
      double base = 80 * MIB;
      assertFalse(atWork(Gauge.HEAP, minute -> base + minute * MIB + noise()).isFlat());
      assertTrue(atWork(Gauge.HEAP, minute -> base + noise()).isFlat());
    }
  }

  /* What the load allocates between the end of a collection and the reading, and what is queued. */
  private double noise() {
    return Math.abs(random.nextGaussian()) * 2 * MIB + (random.nextInt(10) == 0 ? 20 * MIB : 0);
  }

  @Test
  void aFewDescriptorsThatComeAndGoAreNoLeak() {
    assertTrue(atWork(Gauge.FILES_OPEN, minute -> 60 + random.nextInt(15)).isFlat());
    assertFalse(atWork(Gauge.FILES_OPEN, minute -> 60 + minute + random.nextInt(15)).isFlat());
  }

  @ParameterizedTest
  @EnumSource(Gauge.class)
  void whatStaysIsFlat(Gauge gauge) {
    assertTrue(atWork(gauge, minute -> 1e8).isFlat());
    assertTrue(atWork(gauge, minute -> 0).isFlat());
    assertTrue(closed(gauge, opening -> 1e8).isFlat());
  }

  @ParameterizedTest
  @EnumSource(Gauge.class)
  void peaksAreNoLeak(Gauge gauge) {
    assertTrue(atWork(gauge, minute -> random.nextInt(8) == 0 ? 1e12 : 1e8).isFlat());
  }

  @Test
  void aCacheThatFillsInTheFirstThirdIsNoLeak() {
    assertTrue(
        atWork(Gauge.HEAP, minute -> 30 * MIB + Math.min(minute, MINUTES / 3) * 9 * MIB).isFlat());
  }

  @Test
  void whatShrinksIsFlat() {
    assertTrue(atWork(Gauge.RSS, minute -> 1e9 - minute * 1e6).isFlat());
  }

  /* However many there are; a share of them would let it through. */
  @ParameterizedTest
  @EnumSource(
      value = Gauge.class,
      names = {"FILES_OPEN", "FORGOTTEN", "THREADS", "METERS", "NAMES", "FILES"})
  void oneMoreAtEachOpeningIsFound(Gauge gauge) {
    assertFalse(closed(gauge, opening -> 200 + opening).isFlat());
    assertTrue(closed(gauge, opening -> 200 + random.nextInt(2)).isFlat());
  }

  @Test
  void whatEachOpeningLeavesOnTheHeapIsFound() {
    assertFalse(closed(Gauge.HEAP, opening -> 20 * MIB + opening * MIB / 2).isFlat());
  }

  @Test
  void aVerdictOnTooLittleIsRefused() {
    List<LiveSet> few = IntStream.range(1, Trend.LEAST).mapToObj(i -> sample(i, i)).toList();
    assertThrows(IllegalArgumentException.class, () -> Trend.of(Gauge.HEAP, few, Gauge::atWork));
  }

  @Test
  void aSeriesNamesWhatGrew() {
    Series series = new Series("at work", Gauge::atWork);
    for (int i = 0; i < 30; i++) {
      series.add(
          Instant.EPOCH.plusSeconds(60L * i),
          Map.of(Gauge.THREADS, 40.0 + i, Gauge.ROWS, 20_000.0));
    }
    assertEquals(
        List.of("threads grow while at work: by 19 to 65, more than by 7"), series.grown());
    assertTrue(series.table().contains("GROWS"), series.table());
  }
}
