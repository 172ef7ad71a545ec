package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four readers and a writer use a cache in every way that there is, and the oracle finds nothing.
 *
 * <p>{@code -Doracle.reads=100000000} reads more than the default in memory, {@code
 * -Doracle.slow.reads=10000000} from the tier below; {@code -Doracle.seed=7} throws other dice; how
 * the threads meet is up to the machine.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class FreshnessIT {
  private static final long READS = Long.getLong("oracle.reads", 4_000_000);
  private static final long SLOW_READS = Long.getLong("oracle.slow.reads", 1_000_000);
  private static final long SEED = Long.getLong("oracle.seed", 20_261_124);

  @Test
  void aCacheOverTheInMemoryLedgerIsNeverStale() {
    try (Ledger ledger = Ledger.inMemory();
        InMemorySubject cache = new InMemorySubject(ledger)) {
      Verdict verdict = FreshnessOracle.count(cache, READS, SEED);
      System.out.println("in memory: " + verdict);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(verdict.writes() > READS / 10_000, verdict::toString);
      assertTrue(cache.hits() > READS / 4, () -> verdict + " " + cache);
    }
  }

  @Test
  void aCacheThatLivesFromTheTierBelowIsNeverStale() {
    try (Ledger ledger = Ledger.inMemory();
        InMemorySubject cache =
            new InMemorySubject(
                ledger, 20, with -> with.tier(new MapTier()).codec(new NumbersCodec()))) {
      Verdict verdict = FreshnessOracle.count(cache, SLOW_READS, SEED);
      System.out.println("from the tier below: " + verdict);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(cache.hits() > SLOW_READS / 4, () -> verdict + " " + cache);
    }
  }
}
