package dev.tiercel.benchmarks.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** How figures are written: three digits that count, thousands apart. */
public final class Numbers {
  private static final MathContext THREE = new MathContext(3);

  private Numbers() {}

  /**
   * A figure as text.
   *
   * @param value the figure
   * @return the text
   */
  public static String text(double value) {
    if (Math.abs(value) < 1e-9) {
      return "0";
    }
    BigDecimal rounded = BigDecimal.valueOf(value).round(THREE);
    int decimals = Math.max(0, rounded.scale());
    String text = String.format(Locale.ROOT, "%,." + decimals + "f", rounded);
    return decimals == 0 ? text : text.replaceAll("\\.?0+$", "");
  }

  /**
   * A figure and its range, if it has one.
   *
   * @param reading the figure
   * @return such as {@code 17.3 (16.9–18.2)}
   */
  public static String text(Reading reading) {
    String value = text(reading.value());
    String low = text(reading.low());
    String high = text(reading.high());
    return low.equals(high) ? value : value + " (" + low + "–" + high + ")";
  }
}
