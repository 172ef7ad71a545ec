package dev.tiercel.benchmarks.scorecard.web;

import java.util.Optional;

/**
 * What came of an order.
 *
 * @param perSecond requests that were answered in a second, reads and writes
 * @param mean of the time of a read, in ms
 * @param percentile99 of the time of a read, in ms
 * @param writeMean the mean of the time of a write, in ms; 0 if there was none
 * @param writes how many were carried out
 * @param refused how many requests were answered with 503
 * @param checked how many reads were looked through for what was written before they began
 * @param stale how many of these did not show it
 * @param busy how much of a core the client took
 */
record Round(
    double perSecond,
    double mean,
    double percentile99,
    double writeMean,
    long writes,
    long refused,
    long checked,
    long stale,
    double busy) {
  private static final String BEGINNING = "round ";

  String line() {
    return BEGINNING
        + "%s %s %s %s %d %d %d %d %s"
            .formatted(
                perSecond, mean, percentile99, writeMean, writes, refused, checked, stale, busy);
  }

  /** Reads a line; empty if it says something else. */
  static Optional<Round> parse(String line) {
    if (!line.startsWith(BEGINNING)) {
      return Optional.empty();
    }
    String[] cells = line.substring(BEGINNING.length()).split(" ");
    return Optional.of(
        new Round(
            Double.parseDouble(cells[0]),
            Double.parseDouble(cells[1]),
            Double.parseDouble(cells[2]),
            Double.parseDouble(cells[3]),
            Long.parseLong(cells[4]),
            Long.parseLong(cells[5]),
            Long.parseLong(cells[6]),
            Long.parseLong(cells[7]),
            Double.parseDouble(cells[8])));
  }
}
