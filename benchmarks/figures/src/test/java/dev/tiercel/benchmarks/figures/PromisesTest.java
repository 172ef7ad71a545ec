package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;
import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.benchmarks.chart.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PromisesTest {
  private static final Map<String, List<Double>> ROUNDS =
      Map.of("ours", List.of(10.0, 40.0, 20.0), "peer", List.of(10.0, 20.0, 20.0));

  private static List<Double> values(Choice choice) {
    return ROUNDS.getOrDefault(choice.benchmark(), List.of());
  }

  @Test
  void aRatioIsTakenRoundByRound() {
    Promise promise = Promise.ratio("fast", "run: ours", "run: peer", atMost(1.5, "×"));

    assertEquals(Optional.of(new Reading(1, 1, 2)), promise.measured(PromisesTest::values));
  }

  @Test
  void whatFallsShortStandsFirstAndWithItsReason() {
    String text =
        new Promises(
                List.of(
                    Promise.ratio("kept one", "run: ours", "run: peer", atMost(1, "×")),
                    Promise.difference("broken one", "run: ours", "run: peer", atLeast(1, "ns"))
                        .because("of the weather"),
                    Promise.plain("unseen one", "run: nobody", atMost(1, "B"))),
                PromisesTest::values)
            .markdown();

    assertTrue(text.contains("| broken one | ≥ 1 ns | **0 (0–20)** | of the weather |"), text);
    assertTrue(text.contains("| kept one | ≤ 1 × | **1 (1–2)** |"), text);
    assertTrue(text.contains("Not measured here: unseen one."), text);
    assertTrue(text.indexOf("broken one") < text.indexOf("kept one"), text);
  }
}
