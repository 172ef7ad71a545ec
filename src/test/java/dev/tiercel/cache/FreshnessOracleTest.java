package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The oracle sees each mistake, and none where there is none.
 *
 * <p>{@code -Doracle.seed=7} throws other dice; how the threads meet is up to the machine.
 */
@Timeout(300) // A mistake that is not seen is looked for long.
class FreshnessOracleTest {
  private static final long SEED = Long.getLong("oracle.seed", 20_261_124);
  private static final long ENOUGH = 50_000_000;

  @Test
  void theRightOrderIsNeverStale() {
    Verdict verdict = FreshnessOracle.count(new ModelCache(Mistake.NONE), 2_000_000, SEED);
    assertEquals(0, verdict.violations(), verdict::toString);
    assertTrue(verdict.writes() > 200, verdict::toString);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void everyMistakeIsSeen(Mistake mistake) {
    long read = 0;
    for (int round = 0; read < ENOUGH; round++) {
      long reads = 500_000L << Math.min(round, 4);
      Verdict verdict = FreshnessOracle.find(new ModelCache(mistake), reads, SEED + round);
      if (verdict.violations() > 0) {
        return;
      }
      read += verdict.reads();
    }
    throw new AssertionError(
        "%s was not seen in %,d reads, -Doracle.seed=%d".formatted(mistake, read, SEED));
  }
}
