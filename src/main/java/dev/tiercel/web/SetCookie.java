package dev.tiercel.web;

import jakarta.servlet.http.Cookie;
import java.util.Map;

/** Writes a cookie as the field that sets it (RFC 6265 §4.1). */
final class SetCookie {
  private SetCookie() {}

  static String of(Cookie cookie) {
    String value = cookie.getValue();
    StringBuilder text = new StringBuilder();
    text.append(cookie.getName()).append('=').append(value == null ? "" : value);
    for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
      append(text, attribute.getKey(), attribute.getValue());
    }
    return text.toString();
  }

  /* Since Servlet 6 what is set by name, such as HttpOnly, is kept as an attribute "true". */
  private static void append(StringBuilder text, String name, String value) {
    boolean isFlag = name.equalsIgnoreCase("Secure") || name.equalsIgnoreCase("HttpOnly");
    if (!isFlag) {
      text.append("; ").append(name).append('=').append(value.replace(';', ' '));
    } else if (!value.equalsIgnoreCase("false")) {
      text.append("; ").append(name);
    }
  }
}
