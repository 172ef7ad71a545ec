package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Numbers;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was promised beside what was measured: what falls short first, then what some rounds keep
 * and others do not.
 */
final class Promises {
  private static final String NO_REASON = "not known; look at it";

  private final List<String> broken = new ArrayList<>();
  private final List<String> uncertain = new ArrayList<>();
  private final List<String> kept = new ArrayList<>();
  private final List<String> open = new ArrayList<>();

  Promises(List<Promise> promises, Plot.Source source) {
    for (Promise promise : promises) {
      Optional<Reading> measured = promise.measured(source);
      if (measured.isEmpty()) {
        open.add(promise.text());
      } else {
        add(promise, measured.get());
      }
    }
  }

  private void add(Promise promise, Reading measured) {
    String row = row(promise, measured);
    boolean lowest = promise.bound().keeps(measured.low());
    if (lowest != promise.bound().keeps(measured.high())) {
      uncertain.add(row + " | " + promise.reason() + " |");
    } else if (lowest) {
      kept.add(row + " |");
    } else {
      broken.add(row + " | " + (promise.reason().isEmpty() ? NO_REASON : promise.reason()) + " |");
    }
  }

  private static String row(Promise promise, Reading measured) {
    Promise.Bound bound = promise.bound();
    return "| %s | %s %s %s | %s | **%s**"
        .formatted(
            promise.text(),
            bound.most() ? "≤" : "≥",
            Numbers.text(bound.limit()),
            bound.unit(),
            promise.from().text,
            Numbers.text(bound.unit().equals("B") ? measured.toTenths() : measured));
  }

  String markdown() {
    List<String> parts = new ArrayList<>();
    table(parts, "Falls short", broken, List.of("promised", "by", "measured", "why"));
    table(
        parts,
        "Not certain: some rounds keep it and some do not",
        uncertain,
        List.of("promised", "by", "measured", "what is known"));
    table(parts, "Kept", kept, List.of("promised", "by", "measured"));
    if (!open.isEmpty()) {
      parts.add("Not measured here: " + String.join("; ", open) + ".\n");
    }
    table(
        parts,
        "Not measured by this command",
        Elsewhere.ALL.stream().map(Elsewhere::row).toList(),
        List.of("by", "see"));
    return String.join("\n", parts);
  }

  private static void table(
      List<String> parts, String title, List<String> rows, List<String> heads) {
    if (!rows.isEmpty()) {
      parts.add(
          "**%s:**\n\n| | %s |\n|%s\n%s\n"
              .formatted(
                  title,
                  String.join(" | ", heads),
                  " --- |".repeat(heads.size() + 1),
                  String.join("\n", rows)));
    }
  }
}
