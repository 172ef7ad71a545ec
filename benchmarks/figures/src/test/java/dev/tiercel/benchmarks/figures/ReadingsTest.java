package dev.tiercel.benchmarks.figures;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Reading;
import dev.tiercel.benchmarks.scorecard.RepositoryReadings;
import dev.tiercel.benchmarks.scorecard.cache.CacheReadings;
import dev.tiercel.benchmarks.scorecard.web.WebReadings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the scorecard writes, held against what is looked for in it. */
class ReadingsTest {
  private final Catalog catalog = Catalog.all();
  private final Map<String, List<Named>> written =
      Map.of(
          "before-after", RepositoryReadings.all(),
          "caches", CacheReadings.all(),
          "web", WebReadings.all());

  @Test
  void everyRunOfTheScorecardIsHeldHere() {
    Set<String> runs =
        catalog.runs().stream().filter(Run::isScorecard).map(Run::name).collect(Collectors.toSet());

    assertEquals(runs, written.keySet());
  }

  @Test
  void everythingThatIsShownOfTheScorecardIsWritten() {
    List<Choice> choices = new ArrayList<>();
    catalog.plots().forEach(plot -> choices.addAll(plot.choices()));
    catalog.promises().forEach(promise -> choices.addAll(promise.choices()));
    choices.removeIf(choice -> !written.containsKey(choice.run()));

    List<String> unknown =
        choices.stream()
            .filter(
                choice ->
                    written.get(choice.run()).stream()
                        .noneMatch(named -> named.name().equals(choice.benchmark())))
            .map(Choice::text)
            .toList();

    assertTrue(choices.size() > written.size());
    assertEquals(List.of(), unknown);
  }

  @Test
  void timesNaiveIsTakenRoundByRound() {
    Map<String, Reading> web =
        WebReadings.all().stream().collect(Collectors.toMap(Named::name, Named::reading));

    assertEquals(new Reading(4, 2, 6), web.get("64 connections, times naive: Tiercel + responses"));
  }
}
