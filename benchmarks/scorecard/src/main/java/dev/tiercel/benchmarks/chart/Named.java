package dev.tiercel.benchmarks.chart;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A reading with a name, as a program measures it that knows nothing of charts.
 *
 * @param name {@code "a page of tasks: Tiercel"} is the bar "Tiercel" of the panel "a page of
 *     tasks"; one without a colon is a bar of the panel of its unit
 * @param unit in what it is measured
 * @param reading the figure
 */
public record Named(String name, String unit, Reading reading) {
  private static final String COLON = ": ";
  private static final String OURS = "Tiercel";

  /**
   * A chart of several, in their order.
   *
   * @param title what it is about
   * @param all the readings
   * @return the figure
   */
  public static Figure figure(String title, List<Named> all) {
    Set<Figure.Column> columns = new LinkedHashSet<>();
    Map<String, Map<Figure.Column, Reading>> rows = new LinkedHashMap<>();
    for (Named each : all) {
      Figure.Column column = new Figure.Column(each.panel(), each.unit);
      columns.add(column);
      rows.computeIfAbsent(each.bar(), bar -> new LinkedHashMap<>()).put(column, each.reading);
    }
    List<Figure.Row> filled = new ArrayList<>();
    rows.forEach(
        (bar, cells) ->
            filled.add(new Figure.Row(bar, bar.startsWith(OURS), inOrder(columns, cells))));
    return new Figure(title, List.copyOf(columns), filled);
  }

  private static List<Optional<Reading>> inOrder(
      Set<Figure.Column> columns, Map<Figure.Column, Reading> cells) {
    return columns.stream().map(column -> Optional.ofNullable(cells.get(column))).toList();
  }

  private String panel() {
    int colon = name.indexOf(COLON);
    return colon < 0 ? unit : name.substring(0, colon);
  }

  private String bar() {
    int colon = name.indexOf(COLON);
    return colon < 0 ? name : name.substring(colon + COLON.length());
  }
}
