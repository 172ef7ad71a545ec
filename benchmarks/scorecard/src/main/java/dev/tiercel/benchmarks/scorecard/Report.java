package dev.tiercel.benchmarks.scorecard;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.benchmarks.chart.Bars;
import dev.tiercel.benchmarks.chart.Named;
import dev.tiercel.benchmarks.chart.Palette;
import dev.tiercel.benchmarks.chart.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scorecard as a page that opens from the disk, without scripts and without anything from
 * elsewhere; and its figures as JSON beside it.
 */
final class Report {
  private static final String STYLE =
      """

      :root { color-scheme: light dark; --text: #1f2328; --back: #ffffff; --line: #d1d9e0; --good: #1a7f37;
        --bad: #cf222e; --soft: #f6f8fa; }
      @media (prefers-color-scheme: dark) { :root { --text: #f0f6fc; --back: #0d1117; --line: #3d444d;
        --good: #3fb950; --bad: #f85149; --soft: #151b23; } }
      body { font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back);
        max-width: 960px; margin: 2rem auto; padding: 0 1rem; }
      table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
      th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: right; }
      th:first-child, td:first-child { text-align: left; }
      .yes { color: var(--good); font-weight: 600; }
      .no { color: var(--bad); font-weight: 600; }
      .wide { overflow-x: auto; }
      pre { background: var(--soft); padding: 1rem; overflow-x: auto; font-size: 13px; line-height: 1.4; }
      svg { max-width: 100%; height: auto; }
      """;

  private final List<Metric> metrics;
  private final List<Named> more;
  private final List<String> texts;

  /**
   * Of what was measured.
   *
   * @param metrics the lines of the table
   * @param more what else is drawn
   * @param texts what was printed beside it
   */
  Report(List<Metric> metrics, List<Named> more, List<String> texts) {
    this.metrics = metrics;
    this.more = more;
    this.texts = texts;
  }

  /** Writes both into a folder and says where the page is. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Map<String, Object>> all = new ArrayList<>();
    readings().forEach(named -> all.add(json(named)));
    more.forEach(named -> all.add(json(named)));
    new ObjectMapper()
        .writerWithDefaultPrettyPrinter()
        .writeValue(folder.resolve("scorecard.json").toFile(), all);
    return Files.writeString(folder.resolve("scorecard.html"), html());
  }

  private static Map<String, Object> json(Named named) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", named.name());
    json.put("unit", named.unit());
    json.put("value", named.reading().value());
    json.put("low", named.reading().low());
    json.put("high", named.reading().high());
    return json;
  }

  private List<Named> readings() {
    return metrics.stream().flatMap(metric -> metric.readings().stream()).toList();
  }

  String html() {
    StringBuilder page = new StringBuilder();
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>Tiercel scorecard</title>\n<style>");
    page.append(STYLE).append(Palette.CSS).append("</style></head>\n<body>\n");
    page.append("<h1>Tiercel scorecard</h1>\n");
    table(page);
    chart(page, "Before and after", readings());
    chart(page, "The caches and their traffic", more);
    texts.forEach(text -> page.append("<pre>").append(Svg.escape(text)).append("</pre>\n"));
    return page.append("</body></html>\n").toString();
  }

  private void table(StringBuilder page) {
    page.append("<div class=\"wide\"><table>\n<thead><tr>");
    Metric.HEADING.forEach(head -> page.append("<th>").append(Svg.escape(head)).append("</th>"));
    page.append("</tr></thead>\n<tbody>\n");
    for (Metric metric : metrics) {
      List<String> cells = metric.cells();
      page.append("<tr>");
      for (int i = 0; i < cells.size(); i++) {
        // The last cell says yes, no or nothing, which is its style too.
        page.append(i < cells.size() - 1 ? "<td>" : "<td class=\"" + cells.get(i) + "\">");
        page.append(Svg.escape(cells.get(i))).append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>\n");
  }

  private static void chart(StringBuilder page, String title, List<Named> readings) {
    if (!readings.isEmpty()) {
      page.append("<h2>").append(Svg.escape(title)).append("</h2>\n");
      page.append(Bars.inline(Named.figure(title, readings)));
    }
  }
}
