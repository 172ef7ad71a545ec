package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the charts and the tables of the page from what was measured, now or earlier. One of which
 * something was not measured is left as it is: what stands there already says more.
 */
final class Drawing {
  private static final String PAGE = "performance.md";
  private static final String PROMISES = "promises";

  private final Catalog catalog;
  private final Map<String, Measured> measured = new HashMap<>();
  private final Path docs;

  /** From the results of all runs that there are. */
  Drawing(Catalog catalog, Results results, Path docs) throws IOException {
    this.catalog = catalog;
    this.docs = docs;
    for (Run run : catalog.runs()) {
      results.of(run.name()).ifPresent(found -> measured.put(run.name(), found));
    }
  }

  /**
   * Draws them.
   *
   * @param from the folder with the page as it is
   * @return what was left as it is, each with what of it was not measured
   * @throws IllegalArgumentException if the page has no place for one; nothing is written then
   */
  Map<String, Set<String>> draw(Path from) throws IOException {
    Page page = new Page(Files.readString(from.resolve(PAGE)));
    Map<String, String> drawn = new LinkedHashMap<>();
    Map<String, Set<String>> left = new LinkedHashMap<>();
    for (Plot plot : catalog.plots()) {
      Set<String> missing = missing(plot.choices());
      if (missing.isEmpty()) {
        Figure figure = plot.figure(this::values);
        drawn.put(plot.name(), plot.svg(figure));
        page.fill(plot.name(), block(plot.name(), figure, plot.grows(), plot.runs()));
      } else {
        left.put(plot.name(), missing);
      }
    }
    Set<String> missing = missing(promised());
    if (missing.isEmpty()) {
      page.fill(PROMISES, new Promises(catalog.promises(), this::values).markdown());
    } else {
      left.put(PROMISES, missing);
    }
    Path charts = Files.createDirectories(docs.resolve("charts"));
    for (Map.Entry<String, String> chart : drawn.entrySet()) {
      Written.whole(charts.resolve(chart.getKey() + ".svg"), chart.getValue());
    }
    Written.whole(docs.resolve(PAGE), page.text());
    return left;
  }

  private List<Choice> promised() {
    List<Choice> choices = new ArrayList<>();
    catalog.promises().forEach(promise -> choices.addAll(promise.choices()));
    return choices;
  }

  /** The runs that were not measured; of a run that was, what it did not measure then. */
  private Set<String> missing(List<Choice> choices) {
    Set<String> missing = new LinkedHashSet<>();
    for (Choice choice : choices) {
      if (!measured.containsKey(choice.run())) {
        missing.add(choice.run());
      } else if (values(choice).isEmpty()) {
        missing.add(choice.text());
      }
    }
    return missing;
  }

  private List<Double> values(Choice choice) {
    Measured found = measured.get(choice.run());
    return found == null ? List.of() : found.values(choice);
  }

  private String block(String name, Figure figure, String grows, Set<String> runs) {
    StringBuilder text = new StringBuilder();
    text.append("![%s](charts/%s.svg)\n\n".formatted(figure.title(), name));
    text.append(Table.markdown(figure, grows));
    for (String run : runs) {
      Origin origin = measured.get(run).origin();
      text.append("\n<sub>").append(origin.text()).append("</sub>\n");
    }
    return text.toString();
  }
}
