package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Four readers and a writer use a foreign repository through a wrapper, and the oracle finds
 * nothing.
 *
 * <p>{@code -Doracle.reads=100000000} reads more than the default, {@code -Doracle.seed=7} throws
 * other dice.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class WrappedFreshnessIT {
  private static final long READS = Long.getLong("oracle.reads", 2_000_000);
  private static final long SEED = Long.getLong("oracle.seed", 20_261_125);

  @Test
  void aWrappedRepositoryIsNeverStale() {
    try (WrappedSubject wrapped = new WrappedSubject()) {
      Verdict verdict = FreshnessOracle.count(wrapped, READS, SEED);
      System.out.println("through a wrapper: " + verdict);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(verdict.writes() > READS / 10_000, verdict::toString);
      assertTrue(wrapped.hits() > READS / 4, () -> verdict + " " + wrapped);
    }
  }
}
