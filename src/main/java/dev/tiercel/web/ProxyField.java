package dev.tiercel.web;

/**
 * The header field in which proxies say who asked them. Name the one that yours writes: any other
 * comes through as the client sent it.
 */
public enum ProxyField {
  /** {@code X-Forwarded-For}: addresses with commas, the last one by the nearest proxy. */
  X_FORWARDED_FOR("X-Forwarded-For"),
  /** {@code Forwarded} (RFC 7239), of which {@code for} counts. */
  FORWARDED("Forwarded");

  private final String header;

  ProxyField(String header) {
    this.header = header;
  }

  String header() {
    return header;
  }
}
