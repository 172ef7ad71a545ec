package dev.tiercel.web;

import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.WarmOutcome;

/** Reads how the queries of a warmer are doing. */
final class DashboardWarmerReader implements DashboardReader {
  private static final int LONGEST_ERROR = 200;

  private final CacheWarmer warmer;

  DashboardWarmerReader(CacheWarmer warmer) {
    this.warmer = warmer;
  }

  @Override
  public void read(DashboardReading reading) {
    DashboardJson json = reading.detail.name("queries").array();
    for (WarmOutcome query : warmer.outcomes()) {
      json.object()
          .field("query", query.name())
          .field("rounds", query.rounds())
          .field("warmed", query.totals().warmed())
          .field("failed", query.totals().failed())
          .field("left", query.totals().left())
          .field("done", query.done())
          .field("total", query.total())
          .field("tookMillis", query.took().toNanos() / 1e6);
      query.error().ifPresent(error -> json.field("error", cut(error)));
      query.next().ifPresent(next -> json.field("next", next.toEpochMilli()));
      json.endObject();
    }
    json.endArray();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_ERROR ? text : text.substring(0, LONGEST_ERROR) + "…";
  }
}
