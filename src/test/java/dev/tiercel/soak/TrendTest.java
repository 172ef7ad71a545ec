package dev.tiercel.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A leak of anything makes the verdict red; noise, peaks and a warm-up do not. */
class TrendTest {
  private static final int SAMPLES = 360;
  private final Random random = new Random(7);

  private static Trend trend(Gauge gauge, IntToDoubleFunction value) {
    return Trend.of(gauge, IntStream.range(0, SAMPLES).mapToDouble(value).boxed().toList());
  }

  /* The leaks of a run of half an hour that must be found, from a usual beginning. */
  @ParameterizedTest
  @CsvSource({
    "HEAP, 60e6, 110e3",
    "RSS, 450e6, 700e3",
    "DIRECT, 200e3, 55e3",
    "FILES_OPEN, 60, 0.08",
    "THREADS, 70, 0.04",
    "METERS, 0, 0.1",
    "ROWS, 20000, 11",
    "LOG_ROWS, 100000, 25",
    "TASKS, 40e6, 30e3",
    "WAL, 8e6, 300e3",
    "CACHE, 4e6, 40e3",
    "SEGMENTS, 4e6, 40e3",
    "FILES, 10, 0.04"
  })
  void aSteadyLeakIsFound(Gauge gauge, double start, double eachSample) {
    assertFalse(trend(gauge, i -> start + Math.floor(i * eachSample)).isFlat());
  }

  @ParameterizedTest
  @EnumSource(Gauge.class)
  void whatStaysIsFlat(Gauge gauge) {
    assertTrue(trend(gauge, i -> 1e8).isFlat());
    assertTrue(trend(gauge, i -> 0).isFlat());
  }

  @ParameterizedTest
  @EnumSource(Gauge.class)
  void peaksAreNoLeak(Gauge gauge) {
    assertTrue(trend(gauge, i -> random.nextInt(4) == 0 ? 1e12 : 1e8).isFlat());
  }

  @Test
  void aCacheThatFillsInTheFirstThirdIsNoLeak() {
    assertTrue(trend(Gauge.HEAP, i -> Math.min(i, SAMPLES / 3) * 1e6).isFlat());
    assertFalse(trend(Gauge.HEAP, i -> i * 1e6).isFlat());
  }

  @Test
  void whatShrinksIsFlat() {
    assertTrue(trend(Gauge.RSS, i -> 1e9 - i * 1e6).isFlat());
  }

  @Test
  void oneThreadMoreAtEachOpeningIsFound() {
    List<Double> atEachOfTwelve = IntStream.range(0, 12).mapToObj(i -> 40.0 + i).toList();
    assertFalse(Trend.of(Gauge.THREADS, atEachOfTwelve).isFlat());
  }

  @Test
  void aVerdictOnNothingIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Trend.of(Gauge.HEAP, List.of(1.0, 2.0, 3.0, 4.0, 5.0)));
  }

  @Test
  void aSeriesNamesWhatGrew() {
    Series series = new Series("at work");
    for (int i = 0; i < 30; i++) {
      series.add(Map.of(Gauge.THREADS, 40.0 + i, Gauge.ROWS, 20_000.0));
    }
    assertEquals(
        List.of(
            "threads grow while at work: from 55 in the second third to 65 in the last, more than"
                + " 58"),
        series.grown());
    assertTrue(series.table().contains("GROWS"), series.table());
  }
}
