package dev.tiercel.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The grammar of structured dictionaries (RFC 9651 §4.2.2) as one pattern, to compare with. */
final class Dictionaries {
  private static final String KEY = "[a-z*][a-z0-9_\\-.*]*+";
  private static final String NUMBER = "-?(?:[0-9]{1,12}\\.[0-9]{1,3}|[0-9]{1,15})(?![0-9.])";
  private static final String STRING = "\"(?:[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\"\\\\])*+\"";
  private static final String TOKEN = "[A-Za-z*][!#$%&'*+\\-.^_`|~0-9A-Za-z:/]*+";
  private static final String BYTES = ":[A-Za-z0-9+/=]*+:";
  private static final String DATE = "@-?[0-9]{1,15}(?![0-9.])";
  private static final String DISPLAY =
      "%\"(?:[\\x20-\\x21\\x23\\x24\\x26-\\x7e]|%[0-9a-f]{2})*+\"";
  private static final String BARE =
      "(?:" + String.join("|", NUMBER, STRING, TOKEN, BYTES, "\\?[01]", DATE, DISPLAY) + ")";
  private static final String PARAMETERS = "(?:; *+" + KEY + "(?:=" + BARE + ")?)*+";
  private static final String ITEM = BARE + PARAMETERS;
  private static final String INNER_LIST =
      "\\( *+(?:" + ITEM + "(?: ++" + ITEM + ")*+ *+)?\\)" + PARAMETERS;
  private static final String MEMBER =
      KEY + "(?:=(?:" + INNER_LIST + "|" + ITEM + ")|" + PARAMETERS + ")";
  private static final Pattern DICTIONARY =
      Pattern.compile("[ \t]*+(?:" + MEMBER + "(?:[ \t]*+,[ \t]*+" + MEMBER + ")*+)?[ \t]*+");
  private static final Pattern DISPLAYED = Pattern.compile(DISPLAY + "|" + STRING);

  private Dictionaries() {}

  /** Whether a text is one. */
  static boolean isValid(String text) {
    return DICTIONARY.matcher(text).matches() && isUtf8(text);
  }

  private static boolean isUtf8(String text) {
    Matcher each = DISPLAYED.matcher(text);
    while (each.find()) {
      if (each.group().startsWith("%") && !isUtf8Escaped(each.group())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUtf8Escaped(String display) {
    StringBuilder hex = new StringBuilder();
    for (int i = 2; i < display.length() - 1; i++) {
      char unit = display.charAt(i);
      hex.append(
          unit == '%' ? display.substring(i + 1, i + 3) : HexFormat.of().toHexDigits((byte) unit));
      i += unit == '%' ? 2 : 0;
    }
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.toString())));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
