package dev.tiercel.web;

import java.util.ArrayList;
import java.util.List;

/**
 * What one source says at one moment: points of charts, and details as the fields of an object.
 * Used by one thread.
 */
final class DashboardReading {
  /**
   * A value in a chart.
   *
   * @param chart the chart's name
   * @param line which of its lines
   * @param value the value; not a number leaves a gap
   */
  record Point(String chart, String line, double value) {}

  final List<Point> points = new ArrayList<>();
  final DashboardJson detail = new DashboardJson();
  final double seconds;
  final boolean isWatched;

  /**
   * Begins one.
   *
   * @param seconds the time since the one before; 0 if this is the first
   * @param isWatched whether somebody is going to see it now
   */
  DashboardReading(double seconds, boolean isWatched) {
    this.seconds = seconds;
    this.isWatched = isWatched;
  }

  void point(String chart, String line, double value) {
    points.add(new Point(chart, line, value));
  }

  void point(String chart, String line, long value) {
    point(chart, line, (double) value);
  }

  /** A point that says how fast something grows. */
  void rate(String chart, String line, double grown) {
    point(chart, line, seconds > 0 ? Math.max(0, grown) / seconds : Double.NaN);
  }

  void rate(String chart, String line, long grown) {
    rate(chart, line, (double) grown);
  }

  /** What share of all a part is, in per cent; not a number if there is nothing. */
  static double percent(long part, long rest) {
    return part + rest <= 0 ? Double.NaN : 100.0 * part / (part + rest);
  }
}
