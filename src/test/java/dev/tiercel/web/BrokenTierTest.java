package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import dev.tiercel.tier.TierUse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A tier in which responses are kept fails: that costs speed, and neither an answer nor truth. */
class BrokenTierTest {
  private static final App APP =
      (asked, answer) ->
          answer
              .field("Cache-Control", asked.method().equals("GET") ? "max-age=600" : "no-store")
              .text(asked.target());

  private final MapTier tier = new MapTier();

  /** With room for little but in its tier. */
  private Bench bench() {
    return new Bench(
        TieredCache.builder().onlyWriter().executor(Runnable::run).entries(2).tier(tier),
        builder -> builder,
        APP);
  }

  private static final class MapTier implements CacheTier {
    private final Map<String, TierRecord> records = new ConcurrentHashMap<>();
    volatile boolean broken;
    final AtomicInteger refused = new AtomicInteger();

    private Map<String, TierRecord> records() {
      if (broken) {
        refused.incrementAndGet();
        throw new IllegalStateException("no disk");
      }
      return records;
    }

    @Override
    public String name() {
      return "map";
    }

    @Override
    public TierRecord get(String key) {
      return records().get(key);
    }

    @Override
    public void put(List<TierRecord> batch) {
      batch.forEach(each -> records().put(each.key(), each));
    }

    @Override
    public void remove(List<TierRecord> batch) {
      batch.forEach(each -> records().remove(each.key()));
    }

    @Override
    public long removeIf(Predicate<TierRecord> picked) {
      long before = records().size();
      records().values().removeIf(picked);
      return before - records().size();
    }

    @Override
    public void clear() {
      records().clear();
    }

    @Override
    public TierUse use() {
      return new TierUse(records().size(), 0, 0, 0, 0, 0);
    }

    @Override
    public void close() {}
  }

  private void fill(Bench bench) throws Exception {
    for (int i = 0; i < 100; i++) {
      bench.get("/" + i);
    }
    assertTrue(bench.cache.flush(Duration.ofSeconds(30)));
    assertTrue(bench.get("/0").isHit(), "in the tier");
    for (int i = 1; i < 100; i++) {
      bench.get("/" + i);
    }
    assertTrue(bench.cache.flush(Duration.ofSeconds(30)));
  }

  @Test
  void requestsPass() throws Exception {
    try (Bench bench = bench()) {
      fill(bench);
      tier.broken = true;
      for (int i = 0; i < 20; i++) {
        assertEquals("/" + i, bench.get("/" + i).text());
      }
      assertTrue(tier.refused.get() > 0);
      assertTrue(tier.refused.get() < 20, "it is left out after it failed");
      tier.broken = false;
      bench.pass(120);
      assertTrue(bench.get("/50").isHit());
    }
  }

  @Test
  void whatIsEndedMeanwhileDoesNotComeBackWithIt() throws Exception {
    try (Bench bench = bench()) {
      fill(bench);
      tier.broken = true;
      assertEquals("/50", bench.send("POST", "/50").text());
      tier.broken = false;
      bench.pass(120);
      assertTrue(bench.get("/1").isHit());
      assertFalse(bench.get("/50").isHit());
    }
  }
}
