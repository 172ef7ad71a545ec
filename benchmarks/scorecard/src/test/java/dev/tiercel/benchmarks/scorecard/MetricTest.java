package dev.tiercel.benchmarks.scorecard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class MetricTest {
  @Test
  void aTargetIsMetAtItsBoundAndMissedBeyondIt() {
    assertTrue(metric(100, 60, Target.QUERIES).isMet());
    assertFalse(metric(100, 60.1, Target.QUERIES).isMet());
    assertTrue(metric(100, 75, Target.MEMORY).isMet());
    assertFalse(metric(100, 75.1, Target.MEMORY).isMet());
    assertTrue(metric(100, 150, Target.THROUGHPUT).isMet());
    assertFalse(metric(100, 149.9, Target.THROUGHPUT).isMet());
    assertTrue(metric(500, 99.9, Target.RESPONSE).isMet());
    assertFalse(metric(500, 100, Target.RESPONSE).isMet());
    assertTrue(metric(Double.NaN, 85, Target.HIT_RATE).isMet());
    assertFalse(metric(Double.NaN, 84.9, Target.HIT_RATE).isMet());
  }

  @Test
  void aMissedTargetIsNamedWithItsFigures() {
    List<Metric> metrics =
        List.of(
            metric(1, 1000, Target.NONE),
            metric(100, 10, Target.QUERIES),
            new Metric("hit rate", "%", Double.NaN, 84, Target.HIT_RATE));

    assertEquals(
        List.of("missed: hit rate, %: naive -, Tiercel 84.0; the target is >= 85 %"),
        Missed.of(metrics));
  }

  @Test
  void aFigureThatIsNoNumberMeetsNothing() {
    for (Target target : Target.values()) {
      assertEquals(
          target == Target.NONE, metric(Double.NaN, Double.NaN, target).isMet(), target.text);
    }
  }

  private static Metric metric(double naive, double tiercel, Target target) {
    return new Metric("name", "unit", naive, tiercel, target);
  }
}
