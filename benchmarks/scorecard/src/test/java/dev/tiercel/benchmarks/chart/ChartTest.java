package dev.tiercel.benchmarks.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class ChartTest {
  @Test
  void figuresAreWrittenWithThreeDigitsThatCount() {
    assertEquals("0", Numbers.text(0));
    assertEquals("0.0123", Numbers.text(0.01234));
    assertEquals("5.5", Numbers.text(5.5));
    assertEquals("17.3", Numbers.text(17.34));
    assertEquals("100", Numbers.text(100));
    assertEquals("2,200", Numbers.text(2_195));
    assertEquals("1,230,000", Numbers.text(1_234_567));
    assertEquals("17.3 (16–18.2)", Numbers.text(new Reading(17.3, 16, 18.2)));
    assertEquals("17.3", Numbers.text(Reading.of(17.3)));
  }

  @Test
  void aReadingIsTheMedianAndTheExtremes() {
    assertEquals(new Reading(2, 1, 9), Reading.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(new Reading(3, 1, 9), Reading.of(List.of(9.0, 4.0, 1.0, 2.0)));
    assertThrows(IllegalArgumentException.class, () -> new Reading(Double.NaN, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> new Reading(3, 1, 2));
  }

  @Test
  void barsBeginAtZeroUnlessTheRatiosAreLarge() {
    String alike = Bars.document(figure(10, 20));
    String apart = Bars.document(figure(10, 2_000));

    assertTrue(alike.contains("<rect class=\"bar") && !alike.contains("logarithmic"));
    assertTrue(apart.contains("logarithmic") && !apart.contains("<rect class=\"bar"));
  }

  @Test
  void aReadingOfZeroIsDrawnOnALinearAxis() {
    String drawn = Bars.document(figure(0, 2_000));

    assertFalse(drawn.contains("logarithmic") || drawn.contains("NaN"), drawn);
  }

  @Test
  void aChartIsDrawnForTheLightAndForTheDark() {
    String drawn = Bars.document(figure(1, 2));

    assertTrue(drawn.contains("@media (prefers-color-scheme: dark)"));
  }

  @Test
  void linesThatEndAtOnePlaceHaveTheirLabelsApart() {
    String drawn =
        Lines.document(
            new Figure(
                "title",
                List.of(new Figure.Column("1", "µs"), new Figure.Column("10", "µs")),
                List.of(row("first", true, 5, 5), row("second", false, 5, 5))),
            List.of(1.0, 10.0),
            "rows");

    List<Double> heights = new ArrayList<>();
    drawn
        .lines()
        .filter(line -> line.contains(">first<") || line.contains(">second<"))
        .forEach(
            line -> heights.add(Double.valueOf(line.replaceAll(".* y=\"([0-9.]+)\".*", "$1"))));
    assertEquals(2, heights.size());
    assertTrue(Math.abs(heights.get(0) - heights.get(1)) >= 15, heights.toString());
  }

  @Test
  void aLineEndsWhereTheLeaderToItsLabelBegins() {
    String drawn =
        Lines.document(
            new Figure(
                "title",
                List.of(new Figure.Column("1", "µs"), new Figure.Column("9", "µs")),
                List.of(row("only", true, 5, 5))),
            List.of(1.0, 9.0),
            "tags");

    assertTrue(drawn.contains("cx=\"610\""), drawn);
  }

  @Test
  void aChartSaysInWordsWhatItShows() {
    String drawn = Bars.document(figure(1, 2));

    assertTrue(drawn.contains("aria-labelledby=\"title desc\""), drawn);
    assertTrue(drawn.contains("<desc id=\"desc\">µs: Tiercel 1; peer 2.</desc>"), drawn);
  }

  private static Figure figure(double first, double second) {
    return new Figure(
        "a < b & \"c\"",
        List.of(new Figure.Column("", "µs")),
        List.of(row("Tiercel", true, first), row("peer", false, second)));
  }

  private static Figure.Row row(String label, boolean ours, double... values) {
    return new Figure.Row(
        label,
        ours,
        DoubleStream.of(values).mapToObj(value -> Optional.of(Reading.of(value))).toList());
  }
}
