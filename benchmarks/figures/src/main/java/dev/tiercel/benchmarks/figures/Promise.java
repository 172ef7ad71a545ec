package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that was promised, to be held against what was measured.
 *
 * @param text what
 * @param measure how the two choices become one figure
 * @param of what is judged
 * @param beside what it is judged by; not looked at if the measure is plain
 * @param bound how far it may go
 * @param from who set the bound
 * @param reason why it falls short, where it is known to
 */
record Promise(
    String text, Measure measure, String of, String beside, Bound bound, From from, String reason) {

  /** Where a bound comes from. */
  enum From {
    /** Who wanted the repository to be faster. */
    ASKED_FOR("asked for"),
    /** Set by what the peers reach, before anything was built. */
    DESIGN("design"),
    /** Set later, by those who build it. */
    OURS("our own");

    final String text;

    From(String text) {
      this.text = text;
    }
  }

  /** How a figure comes about. */
  enum Measure {
    /** The first itself. */
    PLAIN,
    /** The first divided by the second, round by round. */
    RATIO,
    /** The first less the second, round by round. */
    DIFFERENCE
  }

  /**
   * A bound.
   *
   * @param most whether it is the most, not the least, that it may be
   * @param limit the figure
   * @param unit its unit
   */
  record Bound(boolean most, double limit, String unit) {
    static Bound atMost(double limit, String unit) {
      return new Bound(true, limit, unit);
    }

    static Bound atLeast(double limit, String unit) {
      return new Bound(false, limit, unit);
    }

    boolean keeps(double value) {
      return most ? value <= limit : value >= limit;
    }
  }

  static Promise ratio(String text, String of, String beside, Bound bound) {
    return new Promise(text, Measure.RATIO, of, beside, bound, From.DESIGN, "");
  }

  static Promise difference(String text, String of, String beside, Bound bound) {
    return new Promise(text, Measure.DIFFERENCE, of, beside, bound, From.DESIGN, "");
  }

  static Promise plain(String text, String of, Bound bound) {
    return new Promise(text, Measure.PLAIN, of, "", bound, From.DESIGN, "");
  }

  Promise because(String known) {
    return new Promise(text, measure, of, beside, bound, from, known);
  }

  /** The same, its bound set by another than the design. */
  Promise from(From other) {
    return new Promise(text, measure, of, beside, bound, other, reason);
  }

  /** What it is made of. */
  List<Choice> choices() {
    return measure == Measure.PLAIN
        ? List.of(Choice.of(of))
        : List.of(Choice.of(of), Choice.of(beside));
  }

  /** What was measured, or empty if a side of it was not. */
  Optional<Reading> measured(Plot.Source source) {
    List<Double> first = source.values(Choice.of(of));
    List<Double> second = measure == Measure.PLAIN ? first : source.values(Choice.of(beside));
    List<Double> figures = new ArrayList<>();
    // A run that was interrupted may have a round more than the other.
    for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
      double one = first.get(i);
      double other = second.get(i);
      figures.add(
          switch (measure) {
            case PLAIN -> one;
            case RATIO -> one / other;
            case DIFFERENCE -> one - other;
          });
    }
    return figures.isEmpty() ? Optional.empty() : Optional.of(Reading.of(figures));
  }
}
