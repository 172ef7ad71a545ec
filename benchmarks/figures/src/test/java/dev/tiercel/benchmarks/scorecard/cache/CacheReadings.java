package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.chart.Named;
import java.util.ArrayList;
import java.util.List;

/** What the part about the caches writes, of made-up figures. */
public final class CacheReadings {
  private CacheReadings() {}

  public static List<Named> all() {
    HitRates rates = new HitRates();
    rates.add(new Read.ById("id"), true);
    CacheTable table = new CacheTable();
    table.rates(rates, rates);
    Restart restart = new Restart(1, 1, 1, 1);
    table.restart(restart, restart);
    Traffic.Figures figures = new Traffic.Figures(List.of(1.0, 2.0), 1);
    Traffic.Result result = new Traffic.Result(figures, figures, figures);
    TrafficTable traffic = new TrafficTable();
    traffic.byId(result);
    traffic.lists(result);
    traffic.readsAndWrites(result);
    List<Named> all = new ArrayList<>(table.readings());
    all.addAll(traffic.readings());
    return all;
  }
}
