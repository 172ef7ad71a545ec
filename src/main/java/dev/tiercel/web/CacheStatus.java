package dev.tiercel.web;

/** Says in a {@code Cache-Status} field how a response came about (RFC 9211). */
final class CacheStatus {
  private final StringBuilder text;

  private CacheStatus(String how) {
    this.text = new StringBuilder("Tiercel; ").append(how);
  }

  static CacheStatus hit(long ttl) {
    return new CacheStatus("hit; ttl=" + ttl);
  }

  /** Why there is no answer and the handler was not asked for one. */
  static CacheStatus unforwarded(String why) {
    return new CacheStatus("detail=" + why);
  }

  /** Why a request was forwarded: {@code uri-miss}, {@code vary-miss}, {@code stale} and so on. */
  static CacheStatus forwarded(String why) {
    return new CacheStatus("fwd=" + why);
  }

  CacheStatus and(String parameter) {
    text.append("; ").append(parameter);
    return this;
  }

  CacheStatus andIf(boolean holds, String parameter) {
    return holds ? and(parameter) : this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
