package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the charts and the tables of the page from what was measured, now or earlier. */
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

  /** Draws them, and says which could not be. */
  List<String> draw(Path from) throws IOException {
    Page page = new Page(Files.readString(from.resolve(PAGE)));
    Path charts = Files.createDirectories(docs.resolve("charts"));
    List<String> missing = new ArrayList<>();
    for (Plot plot : catalog.plots()) {
      Figure figure = plot.figure(this::values);
      if (figure.isEmpty()) {
        missing.add(plot.name());
        continue;
      }
      Files.writeString(charts.resolve(plot.name() + ".svg"), plot.svg(figure));
      page.fill(plot.name(), block(plot.name(), figure, plot.grows(), plot.runs()));
    }
    page.fill(PROMISES, new Promises(catalog.promises(), this::values).markdown());
    Files.writeString(docs.resolve(PAGE), page.text());
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
      Measured found = measured.get(run);
      if (found != null) {
        text.append("\n<sub>").append(found.origin().text()).append("</sub>\n");
      }
    }
    return text.toString();
  }
}
