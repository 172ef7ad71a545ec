package dev.tiercel.benchmarks.chart;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A drawing while it is made; everything that is text is escaped here. */
public final class Svg {
  private final StringBuilder body = new StringBuilder();

  Svg() {}

  /**
   * Text made harmless for XML and HTML, in elements and attributes.
   *
   * @param text any text
   * @return the text with its special characters escaped
   */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  void line(String style, double x1, double y1, double x2, double y2) {
    add("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", style, x1, y1, x2, y2);
  }

  void bar(String style, double x, double y, double width, double height) {
    add(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"2\"/>",
        style, x, y, width, height);
  }

  void dot(String style, double x, double y) {
    add("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"/>", style, x, y);
  }

  void path(String style, String points) {
    add("<polyline class=\"%s\" points=\"%s\"/>", style, points);
  }

  void text(String style, double x, double y, String text) {
    add("<text class=\"%s\" x=\"%s\" y=\"%s\">%s</text>", style, x, y, escape(text));
  }

  static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value).replaceAll("\\.0$", "");
  }

  private void add(String format, Object... values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof Double number) {
        values[i] = number(number);
      }
    }
    body.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  /** The drawing as it stands in a page that has the style. */
  String inline(String title, double width, double height) {
    String drawn =
        """
        <svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" role="img" aria-label="%s">
        %s</svg>
        """
            .formatted(number(width), number(height), escape(title), body);
    return checked(drawn);
  }

  /** The drawing as a file of its own, on a ground of its own. */
  String document(Figure figure, double width, double height) {
    String drawn =
        """
        <svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$s %2$s" width="%1$s" height="%2$s" role="img" aria-labelledby="title desc">
        <title id="title">%3$s</title>
        <desc id="desc">%4$s</desc>
        <style>%5$s</style>
        <rect class="ground" width="%1$s" height="%2$s"/>
        %6$s</svg>
        """
            .formatted(
                number(width),
                number(height),
                escape(figure.title()),
                escape(figure.inWords()),
                Palette.CSS,
                body);
    return checked(drawn);
  }

  /** A drawing that no browser could read must not be written. */
  private static String checked(String drawn) {
    try {
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(drawn)));
      return drawn;
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new IllegalStateException("the drawing is no XML: " + drawn, e);
    }
  }
}
