package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.chart.Named;
import java.util.List;

/**
 * What came of the part about servers.
 *
 * @param text what is to be printed
 * @param naiveMillis how long a read takes on the average at the most connections, of the naive
 *     repository
 * @param tiercelMillis the same of Tiercel, with or without a cache of responses, whichever is more
 * @param readings what is to be drawn
 */
public record WebResult(
    String text, double naiveMillis, double tiercelMillis, List<Named> readings) {
  /** Keeps a copy. */
  public WebResult {
    readings = List.copyOf(readings);
  }
}
