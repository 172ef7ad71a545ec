package dev.tiercel.web;

/** Texts of strangers, to be shown in a message: their start, with what would garble it escaped. */
final class Shown {
  private static final int MOST = 40;

  private Shown() {}

  static String of(String text) {
    StringBuilder out = new StringBuilder("'");
    text.codePoints()
        .limit(MOST)
        .forEach(
            point -> {
              if (Character.isISOControl(point)
                  || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
                out.append("\\u%04x".formatted(point));
              } else {
                out.appendCodePoint(point);
              }
            });
    return out.append(text.codePointCount(0, text.length()) > MOST ? "…'" : "'").toString();
  }
}
