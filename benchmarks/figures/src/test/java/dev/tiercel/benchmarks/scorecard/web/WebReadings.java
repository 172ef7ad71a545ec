package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.chart.Named;
import java.util.List;

/** What the part about servers writes: the rounds of Tiercel get 2 and 6 times naive's done. */
public final class WebReadings {
  private WebReadings() {}

  public static List<Named> all() {
    WebTable table = new WebTable(Plan.WHOLE);
    for (int connections : Plan.WHOLE.connections()) {
      for (Site site : Site.values()) {
        Order order = new Order(site, 0, connections, 0, 0, 0);
        table.add(order, round(site == Site.NAIVE ? 10 : 20));
        table.add(order, round(site == Site.NAIVE ? 1 : 6));
      }
    }
    return table.result("").readings();
  }

  private static Round round(double perSecond) {
    return new Round(perSecond, 1, 1, 1, 1, 0, 0, 0, 0);
  }
}
