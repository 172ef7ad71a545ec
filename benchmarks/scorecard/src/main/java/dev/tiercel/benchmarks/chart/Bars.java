package dev.tiercel.benchmarks.chart;

import java.util.List;
import java.util.Optional;

/**
 * A chart with a panel for each column and a bar for each row, the lowest and the highest figure as
 * a whisker. Where ratios are large the axis is logarithmic; a bar would lie there, since it has no
 * zero to begin at, so a dot on a stem takes its place.
 */
public final class Bars {
  private static final double WIDTH = 860;
  private static final double LABELS = 270;
  private static final double VALUES = 170;
  private static final double PLOT = WIDTH - LABELS - VALUES;
  private static final double HEAD = 34;
  private static final double PANEL = 26;
  private static final double ROW = 24;
  private static final double BAR = 14;
  private static final double FOOT = 48;

  private final Figure figure;
  private final Svg svg = new Svg();
  private double y;

  private Bars(Figure figure, double y) {
    this.figure = figure;
    this.y = y;
    for (int column = 0; column < figure.columns().size(); column++) {
      if (figure.readings(column).findAny().isPresent()) {
        panel(column);
      }
    }
  }

  /**
   * Draws it as a file of its own.
   *
   * @param figure what is drawn
   * @return an SVG document
   */
  public static String document(Figure figure) {
    Bars bars = new Bars(figure, HEAD);
    bars.svg.text("head", 8, 22, figure.title());
    return bars.svg.document(figure, WIDTH, bars.y);
  }

  /**
   * Draws it for a page that has the style of {@link Palette}, without the title.
   *
   * @param figure what is drawn
   * @return an SVG element
   */
  public static String inline(Figure figure) {
    Bars bars = new Bars(figure, 0);
    return bars.svg.inline(figure.title(), WIDTH, bars.y);
  }

  private void panel(int column) {
    Axis axis = Axis.of(figure.readings(column));
    Figure.Column head = figure.columns().get(column);
    svg.text("panel", 8, y + 16, head.title());
    y += PANEL;
    List<Figure.Row> rows =
        figure.rows().stream().filter(row -> row.cells().get(column).isPresent()).toList();
    double bottom = y + rows.size() * ROW;
    for (double tick : axis.ticks()) {
      double x = x(axis, tick);
      svg.line("rule", x, y, x, bottom + 4);
      svg.text("quiet middle", x, bottom + 18, Numbers.text(tick));
    }
    svg.text(
        "quiet middle",
        LABELS + PLOT / 2,
        bottom + 34,
        head.unit() + (axis.isLogarithmic() ? ", logarithmic" : ""));
    for (Figure.Row row : rows) {
      row(row.label(), row.ours(), row.cells().get(column), axis);
    }
    y = bottom + FOOT;
  }

  private void row(String label, boolean ours, Optional<Reading> cell, Axis axis) {
    Reading reading = cell.orElseThrow();
    String weight = ours ? "mine" : "";
    String mine = ours ? " ours" : "";
    double middle = y + ROW / 2;
    double end = x(axis, reading.value());
    svg.text(weight + " left", LABELS - 10, middle + 4.5, label);
    if (axis.isLogarithmic()) {
      svg.line("stem" + mine, LABELS, middle, end, middle);
    } else {
      svg.bar("bar" + mine, LABELS, middle - BAR / 2, end - LABELS, BAR);
    }
    double low = x(axis, reading.low());
    double high = x(axis, reading.high());
    if (high - low > 1) {
      svg.line("range", low, middle, high, middle);
      svg.line("range", low, middle - 4, low, middle + 4);
      svg.line("range", high, middle - 4, high, middle + 4);
    }
    if (axis.isLogarithmic()) {
      svg.dot("bar" + mine, end, middle);
    }
    svg.text(weight, Math.max(end, high) + 8, middle + 4.5, Numbers.text(reading.value()));
    y += ROW;
  }

  private static double x(Axis axis, double value) {
    return LABELS + PLOT * axis.at(value);
  }
}
