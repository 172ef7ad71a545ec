package dev.tiercel.cache;

/**
 * Why a look-up was not answered from the cache.
 *
 * @param key the key
 * @param reason what was missing
 * @param detail which write it was, if it was one
 */
record Miss(Object key, Reason reason, String detail) {
  /** What was missing. */
  enum Reason {
    ABSENT("nothing was cached: never loaded, or evicted for lack of room"),
    STALE("a write had made the value void"),
    PENDING("a write to what it shows was under way"),
    EXPIRED("its time was over"),
    OFF("the cache was switched off");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  @Override
  public String toString() {
    return detail.isEmpty() ? reason.text : reason.text + ": " + detail;
  }
}
