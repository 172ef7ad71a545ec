package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;
import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.benchmarks.chart.Reading;
import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
                    Promise.ratio("kept one", "run: ours", "run: peer", atMost(2, "×"))
                        .from(From.OURS),
                    Promise.ratio("doubtful one", "run: ours", "run: peer", atMost(1.5, "×")),
                    Promise.difference("broken one", "run: ours", "run: peer", atLeast(21, "ns"))
                        .because("of the weather"),
                    Promise.plain("unseen one", "run: nobody", atMost(1, "B"))),
                PromisesTest::values)
            .markdown();

    assertTrue(
        text.contains("| broken one | ≥ 21 ns | design | **0 (0–20)** | of the weather |"), text);
    assertTrue(text.contains("| doubtful one | ≤ 1.5 × | design | **1 (1–2)** |  |"), text);
    assertTrue(text.contains("| kept one | ≤ 2 × | our own | **1 (1–2)** |"), text);
    assertTrue(text.contains("Not measured here: unseen one."), text);
    List<Integer> order =
        Stream.of("Falls short", "broken one", "Not certain", "doubtful one", "Kept", "kept one")
            .map(text::indexOf)
            .toList();
    assertEquals(order.stream().sorted().toList(), order);
  }
}
