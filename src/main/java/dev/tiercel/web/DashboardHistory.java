package dev.tiercel.web;

import dev.tiercel.web.DashboardReading.Point;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the points of the last ten minutes. Used by one thread at a time. */
final class DashboardHistory {
  static final int SAMPLES = 600;

  private final long[] millis = new long[SAMPLES];
  private final Map<String, Map<String, double[]>> charts = new LinkedHashMap<>();
  private int next;
  private int size;

  /** Begins a sample; the points that are not added to it are gaps. */
  void begin(long atMillis) {
    int at = next;
    millis[at] = atMillis;
    charts.values().forEach(lines -> lines.values().forEach(values -> values[at] = Double.NaN));
    next = (next + 1) % SAMPLES;
    size = Math.min(SAMPLES, size + 1);
  }

  void add(Point point) {
    Map<String, double[]> lines =
        charts.computeIfAbsent(point.chart(), chart -> new LinkedHashMap<>());
    double[] values =
        lines.computeIfAbsent(
            point.line(),
            line -> {
              double[] empty = new double[SAMPLES];
              Arrays.fill(empty, Double.NaN);
              return empty;
            });
    values[(next + SAMPLES - 1) % SAMPLES] = point.value();
  }

  /** Writes it, the oldest sample first. */
  void write(DashboardJson json) {
    int oldest = (next + SAMPLES - size) % SAMPLES;
    json.object().name("at").array();
    for (int i = 0; i < size; i++) {
      json.value(millis[(oldest + i) % SAMPLES]);
    }
    json.endArray().name("charts").object();
    charts.forEach(
        (chart, lines) -> {
          json.name(chart).object();
          lines.forEach((line, values) -> write(json.name(line), values, oldest));
          json.endObject();
        });
    json.endObject().endObject();
  }

  private void write(DashboardJson json, double[] values, int oldest) {
    json.array();
    for (int i = 0; i < size; i++) {
      json.value(values[(oldest + i) % SAMPLES]);
    }
    json.endArray();
  }
}
