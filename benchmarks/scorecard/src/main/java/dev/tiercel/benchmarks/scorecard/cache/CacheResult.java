package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.chart.Named;
import java.util.List;

/**
 * What came of the caches' part.
 *
 * @param text what is to be printed
 * @param hitRate how often the database was not asked, in per cent
 * @param readings what is to be drawn
 */
public record CacheResult(String text, double hitRate, List<Named> readings) {
  /** Keeps a copy. */
  public CacheResult {
    readings = List.copyOf(readings);
  }
}
