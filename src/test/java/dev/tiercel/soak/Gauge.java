package dev.tiercel.soak;

import java.time.Duration;
import java.util.Locale;

/**
 * What is measured again and again, and by how much it may grow: in a minute of work, beside that
 * for what comes and goes, and over all openings that are judged when everything is closed.
 */
enum Gauge {
  HEAP("live heap", true, 0.5, 2, 4),
  RSS("resident set", true, 0.5, 10, 20),
  /* A file tier has as many as were in use at once. */
  DIRECT("direct buffers", true, 0.1, 3, 3),
  FILES_OPEN("file descriptors", false, 0.2, 3, 1),
  /* Those that were unreachable, and open, when all was closed: the sum. */
  FORGOTTEN("descriptors left open", false, 0, 0, 1),
  THREADS("threads", false, 0.2, 3, 1),
  METERS("meters", false, 0, 3, 1),
  ROWS("rows of tasks", false, 5, 150, 150),
  LOG_ROWS("rows of tiercel_log", false, 20, 700, 700),
  TASKS("tasks.db", true, 0.05, 1, 1),
  /* How short it became of late: it grows for as long as a backup reads. */
  WAL("tasks.db-wal", true, 0.1, 4, 1),
  CACHE("cache.db with its log", true, 0.05, 1.5, 1.5),
  SEGMENTS("segments", true, 0.05, 1.5, 1.5),
  BESIDE("folder of the cache beside", true, 0.02, 0.5, 0.5),
  NAMES("files beside segments", false, 0.1, 3, 3),
  FILES("files in the folder", false, 0.1, 3, 3);

  private final String text;
  private final boolean isBytes;
  private final double perMinute;
  private final double more;
  private final double closed;

  Gauge(String text, boolean isBytes, double perMinute, double more, double closed) {
    int unit = isBytes ? 1 << 20 : 1;
    this.text = text;
    this.isBytes = isBytes;
    this.perMinute = perMinute * unit;
    this.more = more * unit;
    this.closed = closed * unit;
  }

  /** By how much it may grow in a time of work. */
  double atWork(Duration over) {
    return more + perMinute * over.toMillis() / 60_000;
  }

  /** By how much it may grow from opening to opening, all together. */
  double closed(Duration over) {
    return closed;
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
