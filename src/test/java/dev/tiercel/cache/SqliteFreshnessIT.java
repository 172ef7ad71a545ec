package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle.Verdict;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As {@link FreshnessIT}, with the data and the ledger in a SQLite database. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SqliteFreshnessIT {
  private static final long READS = Long.getLong("oracle.slow.reads", 2_000_000);
  private static final long SMALL = 100;
  private static final long SEED = Long.getLong("oracle.seed", 20_261_124);

  @TempDir Path folder;

  @Test
  void aCacheOverTheSqliteLedgerIsNeverStale() {
    try (SqliteSubject cache = SqliteSubject.open(folder.resolve("data.db"))) {
      Verdict verdict = FreshnessOracle.count(cache, READS, SEED);
      System.out.println("over the SQLite ledger: " + verdict);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(verdict.writes() > READS / 10_000, verdict::toString);
      assertTrue(cache.hits() > READS / 4, () -> verdict + " " + cache);
    }
  }

  @Test
  void aCacheThatLivesFromItsTiersBelowIsNeverStale() {
    AtomicInteger number = new AtomicInteger();
    try (SqliteSubject cache =
        SqliteSubject.open(
            folder.resolve("data.db"), 20, with -> tiers(with, number.incrementAndGet()))) {
      Verdict verdict = FreshnessOracle.count(cache, READS / 4, SEED);
      System.out.println("from the tiers below, over the SQLite ledger: " + verdict);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(verdict.writes() > READS / 40_000, verdict::toString);
      for (TierStats tier : cache.tierStats()) {
        assertTrue(tier.hits() > READS / 1_000, () -> verdict + " " + cache);
        assertEquals(0, tier.failures(), cache::toString);
        assertEquals(0, tier.use().damaged(), cache::toString);
      }
    }
  }

  /* Both are to be used by values that are all small. */
  private TieredCacheBuilder tiers(TieredCacheBuilder with, int number) {
    long bytes = 4 << 20;
    SqliteTier small =
        SqliteTier.builder(folder.resolve("cache" + number + ".db")).maxBytes(bytes).open();
    FileTier large = FileTier.builder(folder.resolve("cache" + number)).maxBytes(bytes).open();
    return with.tier(small, 0, SMALL)
        .tier(large, SMALL + 1, Long.MAX_VALUE)
        .codec(new NumbersCodec());
  }
}
