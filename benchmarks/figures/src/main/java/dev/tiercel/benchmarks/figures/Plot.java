package dev.tiercel.benchmarks.figures;

import dev.tiercel.benchmarks.chart.Bars;
import dev.tiercel.benchmarks.chart.Figure;
import dev.tiercel.benchmarks.chart.Lines;
import dev.tiercel.benchmarks.chart.Reading;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A chart and its table, as they are declared: which results stand where. */
final class Plot {
  private static final String KEY = "{}";

  /** What a profiler counts of them is its own below a tenth. */
  private static final String BYTES = "bytes";

  /** Finds what a choice has measured, round by round. */
  interface Source {
    List<Double> values(Choice choice);
  }

  private record Column(String key, String title, String unit) {}

  private record Row(String label, boolean ours, List<String> choices) {}

  private final String name;
  private final String title;
  private final String grows;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private Plot(String name, String title, String grows) {
    this.name = name;
    this.title = title;
    this.grows = grows;
  }

  /** A panel for each column, a bar for each row. */
  static Plot bars(String name, String title) {
    return new Plot(name, title, "");
  }

  /** A line for each row; the columns' keys are the sizes that it runs over. */
  static Plot lines(String name, String title, String grows) {
    return new Plot(name, title, grows);
  }

  /** A column whose key stands in for {@value #KEY} in the rows' choices. */
  Plot column(String key, String heading, String unit) {
    columns.add(new Column(key, heading, unit));
    return this;
  }

  /** Columns of sizes. */
  Plot over(String unit, int... sizes) {
    for (int size : sizes) {
      columns.add(
          new Column(Integer.toString(size), String.format(Locale.ROOT, "%,d", size), unit));
    }
    return this;
  }

  /** Tiercel: one choice for all columns, or one for each, an empty text where there is none. */
  Plot ours(String label, String... choices) {
    rows.add(new Row(label, true, List.of(choices)));
    return this;
  }

  /** A peer. */
  Plot peer(String label, String... choices) {
    rows.add(new Row(label, false, List.of(choices)));
    return this;
  }

  String name() {
    return name;
  }

  String title() {
    return title;
  }

  /** The runs that it shows. */
  Set<String> runs() {
    Set<String> runs = new LinkedHashSet<>();
    choices().forEach(choice -> runs.add(choice.run()));
    return runs;
  }

  /** Everything that it shows. */
  List<Choice> choices() {
    List<Choice> choices = new ArrayList<>();
    for (Row row : rows) {
      for (int i = 0; i < columns.size(); i++) {
        choice(row, i).ifPresent(choices::add);
      }
    }
    return choices;
  }

  Figure figure(Source source) {
    List<Figure.Row> filled = new ArrayList<>();
    for (Row row : rows) {
      List<Optional<Reading>> cells = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        boolean bytes = columns.get(i).unit().startsWith(BYTES);
        cells.add(
            choice(row, i)
                .map(source::values)
                .filter(values -> !values.isEmpty())
                .map(Reading::of)
                .map(bytes ? Reading::toTenths : UnaryOperator.identity()));
      }
      filled.add(new Figure.Row(row.label(), row.ours(), cells));
    }
    List<Figure.Column> heads =
        columns.stream().map(column -> new Figure.Column(column.title(), column.unit())).toList();
    return new Figure(title, heads, filled);
  }

  String svg(Figure figure) {
    if (grows.isEmpty()) {
      return Bars.document(figure);
    }
    List<Double> sizes = columns.stream().map(column -> Double.valueOf(column.key())).toList();
    return Lines.document(figure, sizes, grows);
  }

  /** Of columns that are sizes: what they count. */
  String grows() {
    return grows;
  }

  private Optional<Choice> choice(Row row, int column) {
    List<String> choices = row.choices();
    if (choices.size() != 1 && choices.size() != columns.size()) {
      throw new IllegalStateException(
          "'%s' of %s has %d choices for %d columns"
              .formatted(row.label(), name, choices.size(), columns.size()));
    }
    String text = choices.get(choices.size() == 1 ? 0 : column);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Choice.of(text.replace(KEY, columns.get(column).key())));
  }
}
