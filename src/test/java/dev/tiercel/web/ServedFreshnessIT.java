package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.FreshnessOracle;
import dev.tiercel.cache.FreshnessOracle.Verdict;
import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four clients read tasks through HTTP while a writer changes them, and the oracle finds nothing;
 * in front of a cache with a mistake it does.
 *
 * <p>{@code -Doracle.requests=10000000} makes more requests than the default, {@code
 * -Doracle.seed=7} throws other dice.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ServedFreshnessIT {
  private static final long REQUESTS = Long.getLong("oracle.requests", 40_000);
  private static final long SEED = Long.getLong("oracle.seed", 20_261_128);

  @TempDir Path folder;

  private Tiercel open() {
    return Tiercel.builder(folder.resolve(UUID.randomUUID() + ".db"))
        .durability(Durability.NORMAL)
        .build();
  }

  @Test
  void behindTheJdksServerItIsNeverStale() throws Exception {
    judge(false);
  }

  @Test
  void behindJettyItIsNeverStale() throws Exception {
    judge(true);
  }

  private void judge(boolean isJetty) throws Exception {
    try (Tiercel tiercel = open()) {
      ResponseCache responses =
          ResponseCache.of(tiercel.cache()).ttl(Duration.ofMinutes(10)).build();
      try (ServedTasks subject =
          new ServedTasks(isJetty ? "jetty" : "jdk", tiercel, responses, isJetty)) {
        Verdict verdict = FreshnessOracle.count(subject, REQUESTS, SEED);
        System.out.println(verdict + " " + responses.stats());
        assertEquals(0, verdict.violations(), verdict::toString);
        assertTrue(verdict.writes() > REQUESTS / 1_000, verdict::toString);
        assertTrue(subject.hits() > REQUESTS / 8, verdict::toString);
      }
    }
  }

  @Test
  void aStampThatIsDrawnAfterTheHandlerIsFound() throws Exception {
    try (Tiercel tiercel = open();
        ServedTasks subject =
            new ServedTasks("late stamp", tiercel, new LateStampFilter(tiercel.cache()), false)) {
      Verdict verdict = FreshnessOracle.find(subject, 10 * REQUESTS, SEED);
      assertTrue(verdict.violations() > 0, verdict::toString);
    }
  }
}
