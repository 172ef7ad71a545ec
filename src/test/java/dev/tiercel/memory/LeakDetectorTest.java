package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.memory.LeakVerdict.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A leak is called one, and nothing else is that can be told from it.
 *
 * <p>The detector was tuned on the seeds from 1,000 on; it is judged by others.
 */
class LeakDetectorTest {
  private static final int RUNS = 100;
  private static final int WINDOW = 60;
  private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

  private final LeakDetector detector = LeakDetector.standard();

  /** The verdict after each sample, on the newest sixty. */
  private List<LeakVerdict> verdicts(List<LiveSet> sets) {
    return IntStream.rangeClosed(1, sets.size())
        .mapToObj(n -> detector.judge(sets.subList(Math.max(0, n - WINDOW), n)))
        .toList();
  }

  private List<LeakVerdict> verdicts(int seed, int seconds, IntToDoubleFunction megabytes) {
    return verdicts(new SimulatedProgram(seed).run(seconds, megabytes));
  }

  private LeakVerdict judge(int samples, IntToDoubleFunction bytes) {
    List<LiveSet> sets = new ArrayList<>();
    for (int i = 0; i < samples; i++) {
      sets.add(new LiveSet(BEGIN.plusSeconds(i), (long) bytes.applyAsDouble(i)));
    }
    return detector.judge(sets);
  }

  @Test
  void aMegabyteASecondIsCalledALeakWithinSixtySamplesInEachOfAHundredRuns() {
    for (int seed = 0; seed < RUNS; seed++) {
      List<LeakVerdict> verdicts = verdicts(seed, 60, second -> second);
      LeakVerdict leak =
          verdicts.stream()
              .filter(LeakVerdict::isLeak)
              .findFirst()
              .orElseThrow(() -> new AssertionError("not found: " + verdicts.get(59)));
      assertEquals(1e6, leak.bytesPerSecond(), 0.35e6, leak::toString);
      assertTrue(leak.leastBytesPerSecond() > 0, leak::toString);
      assertTrue(leak.confidence() > 0.9999, leak::toString);
    }
  }

  @Test
  void aSteadyProgramIsNeverCalledALeakInAHundredRunsOfThreeMinutes() {
    for (int seed = 0; seed < RUNS; seed++) {
      for (LeakVerdict verdict : verdicts(seed, 180, second -> 0)) {
        assertFalse(verdict.isLeak(), verdict::toString);
      }
    }
  }

  @Test
  void loadThatComesAndGoesIsNoLeak() {
    for (int seed = 0; seed < RUNS; seed++) {
      int phase = seed;
      for (LeakVerdict v :
          verdicts(seed, 75, second -> 20 * Math.sin(2 * Math.PI * (second + phase) / 30))) {
        assertFalse(v.isLeak(), v::toString);
      }
      for (LeakVerdict v : verdicts(seed, 75, second -> 1.5 * ((second + phase) % 20))) {
        assertFalse(v.isLeak(), v::toString);
      }
    }
  }

  @Test
  void aBoundedCacheThatIsHalfFullByTheTimeOfTheVerdictIsSeldomCalledALeak() {
    Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
    int wrong = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      List<LeakVerdict> verdicts =
          verdicts(seed, 100, second -> 100 * (1 - Math.exp(-second / 10.0)));
      verdicts.forEach(verdict -> kinds.merge(verdict.kind(), 1, Integer::sum));
      wrong += verdicts.stream().anyMatch(LeakVerdict::isLeak) ? 1 : 0;
    }
    assertTrue(wrong <= 3, () -> "called a leak: " + kinds);
    assertTrue(kinds.get(Kind.LEVELLING_OFF) > RUNS, kinds::toString);
  }

  @Test
  void aCacheIsSteadyOnceItIsFull() {
    List<LeakVerdict> verdicts = verdicts(7, 200, second -> Math.min(30, second));
    assertEquals(Kind.STEADY, verdicts.get(199).kind());
  }

  @Test
  void aLeakBehindAStartIsFoundOnceTheStartIsOver() {
    for (int seed = 0; seed < 20; seed++) {
      List<LeakVerdict> verdicts =
          verdicts(seed, 120, second -> 60 * (1 - Math.exp(-second / 10.0)) + second);
      assertTrue(verdicts.get(119).isLeak(), verdicts.get(119)::toString);
    }
  }

  @Test
  void aCurveThatBendsLevelsOff() {
    assertEquals(Kind.LEVELLING_OFF, judge(60, i -> 1e8 + 1e8 * (1 - Math.exp(-i / 30.0))).kind());
  }

  @Test
  void aStepIsNoLeak() {
    for (int at = 5; at < 60; at++) {
      int step = at;
      LeakVerdict verdict = judge(60, i -> 1e8 + (i < step ? 0 : 5e7) + 1e5 * (i * 7 % 5));
      assertFalse(verdict.isLeak(), verdict::toString);
    }
  }

  @Test
  void aStepAmongNoiseIsSeldomCalledALeak() {
    int wrong = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      int at = 30 + seed * 37 % 60;
      wrong +=
          verdicts(seed, 130, second -> second < at ? 0 : 20).stream().anyMatch(LeakVerdict::isLeak)
              ? 1
              : 0;
    }
    assertTrue(wrong <= 3, "called a leak: " + wrong);
  }

  @Test
  void aLeakThatBeganNotLongAgoIsUnevenAtFirst() {
    int uneven = 0;
    int leaks = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      Kind kind = verdicts(seed, 60, second -> Math.max(0, second - 20)).get(59).kind();
      uneven += kind == Kind.UNEVEN ? 1 : 0;
      leaks += kind == Kind.GROWING ? 1 : 0;
    }
    assertTrue(uneven > leaks, uneven + " uneven, leaks " + leaks);
  }

  @Test
  void growthThatMayBeChanceIsSteady() {
    List<LiveSet> few = new ArrayList<>();
    for (int megabytes : new int[] {20, 1, 2, 3, 15, 5, 6, 0, 8, 9, 1, 11}) {
      few.add(new LiveSet(BEGIN.plusSeconds(few.size()), 2_000_000L * megabytes));
    }
    LeakVerdict verdict = detector.needing(12).judge(few);
    assertEquals(Kind.STEADY, verdict.kind(), verdict::toString);
    assertTrue(
        verdict.bytesPerSecond() > 0.2e6 && verdict.confidence() < 0.9999, verdict::toString);
  }

  @Test
  void whatShrinksIsSteady() {
    LeakVerdict verdict = judge(60, i -> 1e8 - 1e6 * i);
    assertEquals(Kind.STEADY, verdict.kind());
    assertEquals(-1e6, verdict.bytesPerSecond(), 1);
    assertTrue(verdict.confidence() < 0.001, verdict::toString);
  }

  @Test
  void whatDoesNotMoveIsSteady() {
    LeakVerdict verdict = judge(60, i -> 1e8);
    assertEquals(Kind.STEADY, verdict.kind());
    assertEquals(0, verdict.bytesPerSecond());
    assertEquals(0.5, verdict.confidence(), 1e-6);
    assertEquals(100_000_000, verdict.liveBytes());
  }

  @Test
  void growthBelowTheBoundIsSteadyAndAboveItALeak() {
    assertEquals(Kind.STEADY, judge(60, i -> 1e6 + 17_000.0 * i).kind());
    assertEquals(Kind.GROWING, judge(60, i -> 1e6 + 18_000.0 * i).kind());
    assertEquals(Kind.STEADY, judge(60, i -> 1e9 + 160_000.0 * i).kind(), "less than 1 %");
    assertEquals(Kind.GROWING, judge(60, i -> 1e9 + 180_000.0 * i).kind());
  }

  @Test
  void thirtyNineAreTooFewAndFortyAreEnough() {
    LeakVerdict before = judge(39, i -> 1e8 + 1e6 * i);
    assertEquals(Kind.NOT_ENOUGH_SAMPLES, before.kind());
    assertEquals(39, before.samples());
    assertEquals(Duration.ofSeconds(38), before.over());
    assertEquals(Kind.GROWING, judge(40, i -> 1e8 + 1e6 * i).kind());
    assertEquals(0, detector.judge(List.of()).samples());
  }

  @Test
  void theRateIsThatOfTheTimeThatPassedNotOfTheSamples() {
    List<LiveSet> sets = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sets.add(new LiveSet(BEGIN.plus(Duration.ofMinutes(5L * i)), 100_000_000L + 3_000_000L * i));
    }
    LeakVerdict verdict = detector.judge(sets);
    assertTrue(verdict.isLeak());
    assertEquals(10_000, verdict.bytesPerSecond(), 1);
  }

  @Test
  void spikesDoNotHideALeak() {
    LeakVerdict verdict = judge(60, i -> 1e8 + 1e6 * i + (i % 9 == 4 ? 3e8 : 0));
    assertTrue(verdict.isLeak(), verdict::toString);
    assertEquals(1e6, verdict.bytesPerSecond(), 1e5);
  }

  @Test
  void aClockThatStandsStillOrGoesBackIsNoReasonToFail() {
    List<LiveSet> still = new ArrayList<>();
    List<LiveSet> back = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      still.add(new LiveSet(BEGIN, i));
      back.add(new LiveSet(BEGIN.minusSeconds(i), 100_000_000L + 1_000_000L * i));
    }
    assertEquals(Kind.NOT_ENOUGH_SAMPLES, detector.judge(still).kind());
    assertEquals(Kind.NOT_ENOUGH_SAMPLES, detector.judge(back).kind());
    List<LiveSet> jumped = new ArrayList<>(still.subList(0, 30));
    jumped.add(new LiveSet(BEGIN.plusSeconds(1), 100));
    jumped.addAll(still.subList(0, 29));
    assertEquals(Kind.STEADY, detector.judge(jumped).kind());
  }

  @Test
  void slowSwingsMakeATrendLessSure() {
    double[] values = new double[60];
    double[] still = new double[60];
    double[] swinging = new double[60];
    for (int i = 0; i < 60; i++) {
      values[i] = i + 20 * Math.sin(i / 4.0);
      still[i] = i * 37 % 60;
      swinging[i] = Math.sin(i / 4.0);
    }
    double swung = MannKendall.of(values, swinging).score();
    assertTrue(swung < 0.7 * MannKendall.of(values, still).score(), "score " + swung);
  }

  /** Worked example: S = 8 of 10 pairs, variance 5 · 4 · 15 / 18. */
  @Test
  void theTestCountsPairsThatRise() {
    MannKendall test = MannKendall.of(new double[] {1, 2, 3, 5, 4}, new double[] {3, 1, 4, 2, 5});
    assertEquals(Math.sqrt(300.0 / 18), test.deviation(), 1e-9);
    assertEquals(7 / Math.sqrt(300.0 / 18), test.score(), 1e-9);
    assertEquals(0.95677, test.confidence(), 1e-4);
  }

  @Test
  void tiesMakeTheVarianceSmaller() {
    MannKendall test = MannKendall.of(new double[] {1, 1, 1, 5, 4}, new double[] {3, 1, 4, 2, 5});
    assertEquals(Math.sqrt((300.0 - 66) / 18), test.deviation(), 1e-9);
  }

  @Test
  void badSettingsAreRefusedWithTheirValue() {
    String few =
        assertThrows(IllegalArgumentException.class, () -> detector.needing(11)).getMessage();
    assertTrue(few.contains("12") && few.contains("11"), few);
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> detector.ignoringBelow(0))
            .getMessage()
            .contains("1 MiB"));
    assertThrows(IllegalArgumentException.class, () -> new LiveSet(BEGIN, -1));
    assertEquals(
        Kind.GROWING,
        detector
            .needing(12)
            .judge(
                IntStream.range(0, 12)
                    .mapToObj(i -> new LiveSet(BEGIN.plusSeconds(i), 2_000_000L * i))
                    .toList())
            .kind());
    assertEquals(
        Kind.GROWING,
        detector
            .ignoringBelow(1)
            .judge(
                IntStream.range(0, 40)
                    .mapToObj(i -> new LiveSet(BEGIN.plusSeconds(i), 100L + i))
                    .toList())
            .kind());
  }
}
