package dev.tiercel.benchmarks.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A chart of what grows: the columns are sizes on a logarithmic axis, each row is a line, the
 * lowest and the highest figure are whiskers.
 */
public final class Lines {
  private static final double WIDTH = 860;
  private static final double HEIGHT = 412;
  private static final double LEFT = 78;
  private static final double RIGHT = 250;
  private static final double TOP = 60;
  private static final double BOTTOM = 56;
  private static final double PLOT_WIDTH = WIDTH - LEFT - RIGHT;
  private static final double PLOT_HEIGHT = HEIGHT - TOP - BOTTOM;
  private static final double LABEL = 17;

  private final Figure figure;
  private final Axis across;
  private final Axis up;
  private final List<Double> sizes;
  private final Svg svg = new Svg();

  /** Where a line ends, and what is written there. */
  private record End(double y, String label, boolean ours, String style) {}

  private Lines(Figure figure, List<Double> sizes) {
    this.figure = figure;
    this.sizes = sizes;
    this.across = Axis.between(sizes.get(0), sizes.get(sizes.size() - 1));
    this.up = Axis.of(figure.readings());
  }

  /**
   * Draws it as a file of its own.
   *
   * @param figure what is drawn; all columns have one unit
   * @param sizes the sizes that the columns stand for, ascending and above zero
   * @param grows what the sizes count
   * @return an SVG document
   * @throws IllegalArgumentException if there are more lines than can be told apart
   */
  public static String document(Figure figure, List<Double> sizes, String grows) {
    if (figure.rows().size() > Palette.LINES) {
      throw new IllegalArgumentException(
          "'%s' has %d lines; at most %d can be told apart"
              .formatted(figure.title(), figure.rows().size(), Palette.LINES));
    }
    Lines lines = new Lines(figure, sizes);
    lines.draw(grows);
    return lines.svg.document(figure, WIDTH, HEIGHT);
  }

  private void draw(String grows) {
    svg.text("head", 8, 22, figure.title());
    String unit = figure.columns().get(0).unit();
    svg.text("quiet", 8, TOP - 18, unit + (up.isLogarithmic() ? ", logarithmic" : ""));
    for (double tick : up.ticks()) {
      double y = y(tick);
      svg.line("rule", LEFT, y, LEFT + PLOT_WIDTH, y);
      svg.text("quiet left", LEFT - 8, y + 4, Numbers.text(tick));
    }
    for (int i = 0; i < sizes.size(); i++) {
      svg.line("rule", x(i), TOP, x(i), TOP + PLOT_HEIGHT + 4);
      svg.text("quiet middle", x(i), TOP + PLOT_HEIGHT + 20, figure.columns().get(i).title());
    }
    svg.text("quiet middle", LEFT + PLOT_WIDTH / 2, HEIGHT - 14, grows + ", logarithmic");
    List<End> ends = new ArrayList<>();
    int others = 1;
    for (Figure.Row row : figure.rows()) {
      boolean first = row.ours() && ends.stream().noneMatch(end -> end.style().equals("s0"));
      String style = first ? "s0" : "s" + others++;
      line(row, style, ends);
    }
    label(ends);
  }

  private void line(Figure.Row row, String style, List<End> ends) {
    StringBuilder points = new StringBuilder();
    double last = Double.NaN;
    for (int i = 0; i < sizes.size(); i++) {
      if (row.cells().get(i).isEmpty()) {
        continue;
      }
      Reading reading = row.cells().get(i).get();
      last = y(reading.value());
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i), last));
      svg.line("spread " + style, x(i), y(reading.low()), x(i), y(reading.high()));
      svg.dot("dot " + style, x(i), last);
    }
    if (!Double.isNaN(last)) {
      svg.path("line " + style, points.toString().strip());
      ends.add(new End(last, row.label(), row.ours(), style));
    }
  }

  /** Labels that would lie on one another are moved apart. */
  private void label(List<End> ends) {
    double next = TOP;
    List<End> sorted = ends.stream().sorted(Comparator.comparingDouble(End::y)).toList();
    double room = TOP + PLOT_HEIGHT;
    double[] places = new double[sorted.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.max(next, sorted.get(i).y());
      next = places[i] + LABEL;
    }
    for (int i = places.length - 1; i >= 0; i--) {
      places[i] = Math.min(places[i], room);
      room = places[i] - LABEL;
    }
    double x = LEFT + PLOT_WIDTH;
    for (int i = 0; i < places.length; i++) {
      End end = sorted.get(i);
      svg.line("spread " + end.style(), x + 6, end.y(), x + 18, places[i]);
      svg.dot("dot " + end.style(), x + 22, places[i]);
      svg.text(end.ours() ? "mine" : "", x + 32, places[i] + 4.5, end.label());
    }
  }

  private double x(int column) {
    return LEFT + PLOT_WIDTH * across.at(sizes.get(column));
  }

  private double y(double value) {
    return TOP + PLOT_HEIGHT * (1 - up.at(value));
  }
}
