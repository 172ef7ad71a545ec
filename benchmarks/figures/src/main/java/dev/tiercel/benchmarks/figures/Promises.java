package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Numbers;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was promised beside what was measured, what falls short first. */
final class Promises {
  private static final String NO_REASON = "not known; look at it";

  private final List<String> broken = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  Promises(List<Promise> promises, Plot.Source source) {
    for (Promise promise : promises) {
      Optional<Reading> measured = promise.measured(source);
      if (measured.isEmpty()) {
        open.add(promise.text());
      } else if (promise.bound().keeps(measured.get().value())) {
        kept.add(row(promise, measured.get()) + " |");
      } else {
        String reason = promise.reason().isEmpty() ? NO_REASON : promise.reason();
        broken.add(row(promise, measured.get()) + " | " + reason + " |");
      }
    }
  }

  private static String row(Promise promise, Reading measured) {
    Promise.Bound bound = promise.bound();
    return "| %s | %s %s %s | **%s**"
        .formatted(
            promise.text(),
            bound.most() ? "≤" : "≥",
            Numbers.text(bound.limit()),
            bound.unit(),
            Numbers.text(measured));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    if (!broken.isEmpty()) {
      text.append(
          "**Falls short:**\n\n| | promised | measured | why |\n| --- | --- | --- | --- |\n");
      broken.forEach(row -> text.append(row).append('\n'));
    }
    if (!kept.isEmpty()) {
      text.append(broken.isEmpty() ? "" : "\n");
      text.append("**Kept:**\n\n| | promised | measured |\n| --- | --- | --- |\n");
      kept.forEach(row -> text.append(row).append('\n'));
    }
    if (!open.isEmpty()) {
      text.append("\nNot measured here: ").append(String.join("; ", open)).append(".\n");
    }
    return text.toString();
  }
}
