package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import org.junit.jupiter.api.Test;

/** A flood of different targets. */
class ManyTargetsIT {
  private static final int TARGETS = 1_000_000;
  private static final long MOST_BYTES = 8 << 20;

  @Test
  void aMillionTargetsTakeNoMoreRoomThanTheyMay() throws Exception {
    try (Bench bench =
        new Bench(
            TieredCache.builder().onlyWriter().memory(MOST_BYTES),
            builder -> builder,
            (asked, answer) -> answer.field("Cache-Control", "max-age=3600").text("x"))) {
      for (int i = 0; i < TARGETS; i++) {
        assertEquals(200, bench.get("/?" + i).status());
      }
      assertEquals(TARGETS, bench.asked.get());
      assertEquals(0, bench.responses.flights.size());
      long entries = bench.cache.stats().size();
      assertTrue(entries > 1_000 && entries < 100_000, () -> entries + " entries");
    }
  }
}
