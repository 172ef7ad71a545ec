package dev.tiercel.web;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * Reads a targeted cache control field, which is a dictionary (RFC 9213; RFC 9651 §4.2.2). Takes
 * any text and never throws: one that is no dictionary counts as none, as the standard has it.
 */
final class TargetedControl {
  private static final int MOST_DIGITS = 15;

  private final String text;
  private int at;

  private TargetedControl(String text) {
    this.text = text;
  }

  /** The directives, or empty if the field is not valid or says nothing. */
  static Optional<CacheControl> parse(String field) {
    try {
      Map<String, String> members = new TargetedControl(field).dictionary();
      return members.isEmpty() ? Optional.empty() : Optional.of(new CacheControl(members));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed() {
      super(null, null, false, false);
    }
  }

  private Map<String, String> dictionary() throws Malformed {
    Map<String, String> members = new HashMap<>();
    whitespace();
    while (at < text.length()) {
      String key = key();
      String value = "";
      if (isAt('=')) {
        at++;
        value = isAt('(') ? innerList() : bare();
      }
      parameters();
      if (value.equals("?0")) {
        members.remove(key); // A directive that is false is as if it were not there.
      } else {
        members.put(key, value.equals("?1") ? "" : value);
      }
      whitespace();
      if (at < text.length()) {
        need(',');
        whitespace();
        if (at == text.length()) {
          throw new Malformed();
        }
      }
    }
    return members;
  }

  private String key() throws Malformed {
    int from = at;
    if (!isLower() && !isAt('*')) {
      throw new Malformed();
    }
    while (isLower() || isDigit() || isAt('_') || isAt('-') || isAt('.') || isAt('*')) {
      at++;
    }
    return text.substring(from, at);
  }

  private void parameters() throws Malformed {
    while (isAt(';')) {
      at++;
      space();
      key();
      if (isAt('=')) {
        at++;
        bare();
      }
    }
  }

  private String innerList() throws Malformed {
    need('(');
    StringJoiner all = new StringJoiner(",");
    space();
    while (!isAt(')')) {
      all.add(bare());
      parameters();
      if (!isAt(' ') && !isAt(')')) {
        throw new Malformed();
      }
      space();
    }
    need(')');
    return all.toString();
  }

  private String bare() throws Malformed {
    if (isAt('"')) {
      return string();
    }
    if (isAt('?')) {
      at++;
      if (!isAt('0') && !isAt('1')) {
        throw new Malformed();
      }
      return "?" + text.charAt(at++);
    }
    if (isAt('-') || isDigit()) {
      return number();
    }
    if (isAt(':')) {
      return bytes();
    }
    if (isAt('@')) {
      return date();
    }
    if (isAt('%')) {
      return displayString();
    }
    return token();
  }

  private String string() throws Malformed {
    StringBuilder plain = new StringBuilder();
    need('"');
    while (!isAt('"')) {
      if (isAt('\\')) {
        at++;
        if (!isAt('"') && !isAt('\\')) {
          throw new Malformed();
        }
      }
      if (at >= text.length() || text.charAt(at) < ' ' || text.charAt(at) > '~') {
        throw new Malformed();
      }
      plain.append(text.charAt(at++));
    }
    need('"');
    return plain.toString();
  }

  private String number() throws Malformed {
    int from = at;
    if (isAt('-')) {
      at++;
    }
    int first = at;
    while (isDigit()) {
      at++;
    }
    if (at == first || at - first > MOST_DIGITS) {
      throw new Malformed();
    }
    if (isAt('.')) {
      at++;
      int fraction = at;
      while (isDigit()) {
        at++;
      }
      if (at == fraction || at - fraction > 3 || fraction - first > 13) {
        throw new Malformed();
      }
    }
    return text.substring(from, at);
  }

  private String bytes() throws Malformed {
    int end = text.indexOf(':', at + 1);
    if (end < 0) {
      throw new Malformed();
    }
    int from = at++;
    while (at < end) {
      if (!isLetter() && !isDigit() && !isAt('+') && !isAt('/') && !isAt('=')) {
        throw new Malformed();
      }
      at++;
    }
    at++;
    return text.substring(from, at);
  }

  private String date() throws Malformed {
    need('@');
    String seconds = number();
    if (seconds.indexOf('.') >= 0) {
      throw new Malformed();
    }
    return '@' + seconds;
  }

  /* UTF-8 in percent signs. As it stands: no directive here has one as its argument. */
  private String displayString() throws Malformed {
    int from = at;
    need('%');
    need('"');
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!isAt('"')) {
      if (at >= text.length() || text.charAt(at) < ' ' || text.charAt(at) > '~') {
        throw new Malformed();
      }
      char unit = text.charAt(at++);
      bytes.write(unit == '%' ? hexDigit() << 4 | hexDigit() : unit);
    }
    need('"');
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
    } catch (CharacterCodingException e) {
      throw new Malformed();
    }
    return text.substring(from, at);
  }

  private int hexDigit() throws Malformed {
    int digit = at < text.length() ? "0123456789abcdef".indexOf(text.charAt(at)) : -1;
    if (digit < 0) {
      throw new Malformed();
    }
    at++;
    return digit;
  }

  private String token() throws Malformed {
    int from = at;
    if (!isLetter() && !isAt('*')) {
      throw new Malformed();
    }
    while (at < text.length()
        && (HttpFields.isTokenPart(text.charAt(at)) || isAt(':') || isAt('/'))) {
      at++;
    }
    return text.substring(from, at);
  }

  private void space() {
    while (isAt(' ')) {
      at++;
    }
  }

  private void whitespace() {
    while (isAt(' ') || isAt('\t')) {
      at++;
    }
  }

  private void need(char unit) throws Malformed {
    if (!isAt(unit)) {
      throw new Malformed();
    }
    at++;
  }

  private boolean isAt(char unit) {
    return at < text.length() && text.charAt(at) == unit;
  }

  private boolean isDigit() {
    return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private boolean isLower() {
    return at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z';
  }

  private boolean isLetter() {
    return isLower() || (at < text.length() && text.charAt(at) >= 'A' && text.charAt(at) <= 'Z');
  }
}
