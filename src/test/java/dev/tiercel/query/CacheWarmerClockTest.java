package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The clock of a machine may be set back while a warmer goes by it. */
class CacheWarmerClockTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final SetTimer timer = new SetTimer();
  private Duration step = SECOND;

  @Test
  void aClockThatIsSetBackTakesNoTimeAway() {
    try (TieredCache cache =
            TieredCache.builder().onlyWriter().clock(timer).executor(Runnable::run).build();
        CacheWarmer warmer =
            CacheWarmer.builder(cache)
                .schedule(timer, timer)
                .executor(Runnable::run)
                .jitter(0)
                .query(
                    "slow",
                    MINUTE,
                    () -> {
                      timer.advance(step);
                      return null;
                    })
                .start()) {
      timer.advance(Duration.ZERO);
      assertEquals(SECOND, warmer.outcomes().get(0).took());
      step = SECOND.negated();
      timer.advance(MINUTE.plus(SECOND));
      WarmOutcome outcome = warmer.outcomes().get(0);
      assertEquals(2, outcome.rounds());
      assertEquals(Duration.ZERO, outcome.took());
      assertEquals(SECOND, outcome.totals().took());
    }
  }
}
