package dev.tiercel.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Readings in rows and columns, to be drawn or written as a table.
 *
 * @param title what it is about
 * @param columns what is told apart: cases, or sizes something grows with
 * @param rows who was measured
 */
public record Figure(String title, List<Column> columns, List<Row> rows) {

  /**
   * One case.
   *
   * @param title what was done
   * @param unit in what it is measured
   */
  public record Column(String title, String unit) {}

  /**
   * One who was measured.
   *
   * @param label who
   * @param ours whether it is Tiercel
   * @param cells a reading for each column, or empty where there is none
   */
  public record Row(String label, boolean ours, List<Optional<Reading>> cells) {}

  /**
   * Checks that the rows fit the columns.
   *
   * @throws IllegalArgumentException if a row has more or fewer cells than there are columns
   */
  public Figure {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (Row row : rows) {
      if (row.cells().size() != columns.size()) {
        throw new IllegalArgumentException(
            "%s of '%s' has %d cells for %d columns"
                .formatted(row.label(), title, row.cells().size(), columns.size()));
      }
    }
  }

  Stream<Reading> readings() {
    return rows.stream().flatMap(row -> row.cells().stream()).flatMap(Optional::stream);
  }

  Stream<Reading> readings(int column) {
    return rows.stream().map(row -> row.cells().get(column)).flatMap(Optional::stream);
  }

  /** What is seen in it, for those who cannot. */
  String inWords() {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      List<String> parts = new ArrayList<>();
      for (Row row : rows) {
        row.cells()
            .get(i)
            .ifPresent(cell -> parts.add(row.label() + " " + Numbers.text(cell.value())));
      }
      String head = column.title().isEmpty() ? "" : column.title() + ", ";
      sentences.add(head + column.unit() + ": " + String.join("; ", parts) + ".");
    }
    return String.join(" ", sentences);
  }
}
