package dev.tiercel.benchmarks.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where figures lie on an axis from 0 to 1, linear, or by their logarithm where ratios are large.
 */
final class Axis {
  private static final double LARGE_RATIO = 12;
  private static final int TICKS = 5;

  private final boolean logarithmic;
  private final double from;
  private final double to;
  private final List<Double> ticks;

  private Axis(boolean logarithmic, double from, double to, List<Double> ticks) {
    this.logarithmic = logarithmic;
    this.from = from;
    this.to = to;
    this.ticks = ticks;
  }

  /** An axis for figures and their ranges; it starts at zero unless it is logarithmic. */
  static Axis of(Stream<Reading> readings) {
    double least = Double.MAX_VALUE;
    double most = 0;
    double lowest = Double.MAX_VALUE;
    for (Reading reading : readings.toList()) {
      least = Math.min(least, reading.value());
      lowest = Math.min(lowest, reading.low());
      most = Math.max(most, reading.high());
    }
    return lowest > 0 && most / least > LARGE_RATIO
        ? logarithmic(lowest, most)
        : linear(Math.max(most, 1e-9));
  }

  /** A logarithmic axis without room beside two figures above zero, and without ticks. */
  static Axis between(double first, double last) {
    return new Axis(true, first, last, List.of());
  }

  /** A logarithmic axis with room for two figures above zero. */
  private static Axis logarithmic(double least, double most) {
    double from = Math.pow(10, Math.floor(Math.log10(least) * 2) / 2);
    double to = Math.pow(10, Math.ceil(Math.log10(most) * 2) / 2);
    List<Double> ticks = new ArrayList<>();
    for (int power = (int) Math.ceil(Math.log10(from) - 1e-9); ; power++) {
      double tick = Math.pow(10, power);
      if (tick > to * (1 + 1e-9)) {
        break;
      }
      ticks.add(tick);
    }
    int step = (ticks.size() + TICKS) / (TICKS + 1);
    List<Double> some = new ArrayList<>();
    for (int i = 0; i < ticks.size(); i += step) {
      some.add(ticks.get(i));
    }
    return new Axis(true, from, to, some);
  }

  private static Axis linear(double most) {
    double rough = most / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step = power * 10;
    for (double nice : new double[] {1, 2, 5}) {
      if (nice * power >= rough * (1 - 1e-9)) {
        step = nice * power;
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    int last = (int) Math.ceil(most / step - 1e-9);
    for (int i = 0; i <= last; i++) {
      ticks.add(i * step);
    }
    return new Axis(false, 0, last * step, ticks);
  }

  boolean isLogarithmic() {
    return logarithmic;
  }

  List<Double> ticks() {
    return ticks;
  }

  double at(double value) {
    double share =
        logarithmic
            ? (Math.log10(value) - Math.log10(from)) / (Math.log10(to) - Math.log10(from))
            : (value - from) / (to - from);
    return Math.max(0, Math.min(1, share));
  }
}
