package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Figure;
import dev.tiercel.benchmarks.chart.Numbers;
import java.util.List;
import java.util.stream.Collectors;

/** A figure as a table of the page. */
final class Table {
  private Table() {}

  static String markdown(Figure figure, String grows) {
    List<String> units = figure.columns().stream().map(Figure.Column::unit).distinct().toList();
    boolean same = units.size() == 1;
    StringBuilder text = new StringBuilder();
    text.append("| ").append(same ? units.get(0) : "").append(grows.isEmpty() ? "" : "; " + grows);
    for (Figure.Column column : figure.columns()) {
      text.append(" | ").append(column.title()).append(same ? "" : ", " + column.unit());
    }
    text.append(" |\n|").append(" --- |".repeat(figure.columns().size() + 1)).append('\n');
    for (Figure.Row row : figure.rows()) {
      String bold = row.ours() ? "**" : "";
      text.append("| ").append(bold).append(row.label()).append(bold).append(" | ");
      text.append(
          row.cells().stream()
              .map(cell -> cell.map(reading -> bold + Numbers.text(reading) + bold).orElse("–"))
              .collect(Collectors.joining(" | ")));
      text.append(" |\n");
    }
    return text.toString();
  }
}
