package dev.tiercel.soak;

import java.util.Locale;

/** What is measured again and again, and how much of it may come and go. */
enum Gauge {
  HEAP("live heap", true, 0.10, 4 << 20),
  RSS("resident set", true, 0.10, 24 << 20),
  /* A file tier makes up to 4 MiB of them, as threads come that did not read before. */
  DIRECT("direct buffers", true, 0.10, 5 << 20),
  FILES_OPEN("file descriptors", false, 0.05, 4),
  THREADS("threads", false, 0, 3),
  METERS("meters", false, 0, 3),
  ROWS("rows of tasks", false, 0.05, 100),
  LOG_ROWS("rows of tiercel_log", false, 0.02, 600),
  TASKS("tasks.db", true, 0.05, 1 << 20),
  WAL("tasks.db-wal", true, 0.50, 4 << 20),
  CACHE("cache.db with its log", true, 0.30, 1 << 20),
  SEGMENTS("segments", true, 0.30, 1 << 20),
  FILES("files in the folder", false, 0, 3);

  private final String text;
  private final boolean isBytes;
  private final double share;
  private final double more;

  Gauge(String text, boolean isBytes, double share, double more) {
    this.text = text;
    this.isBytes = isBytes;
    this.share = share;
    this.more = more;
  }

  /** The most that is still flat where so much was before. */
  double limit(double before) {
    return before * (1 + share) + more;
  }

  String show(double value) {
    return isBytes
        ? String.format(Locale.ROOT, "%.1f MiB", value / (1 << 20))
        : String.format(Locale.ROOT, "%,.0f", value);
  }

  @Override
  public String toString() {
    return text;
  }
}
