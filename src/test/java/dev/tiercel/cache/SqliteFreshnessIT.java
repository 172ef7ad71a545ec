package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle.Verdict;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As {@link FreshnessIT}, with the data and the ledger in a SQLite database. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SqliteFreshnessIT {
  private static final long READS = Long.getLong("oracle.reads", 2_000_000);
  private static final long SEED = Long.getLong("oracle.seed", 20_261_124);

  @TempDir Path folder;

  @Test
  void aCacheOverTheSqliteLedgerIsNeverStale() {
    try (SqliteSubject cache = SqliteSubject.open(folder.resolve("data.db"))) {
      Verdict verdict = FreshnessOracle.count(cache, READS, SEED);
      assertEquals(0, verdict.violations(), verdict::toString);
      assertTrue(verdict.writes() > READS / 1_000, verdict::toString);
      assertTrue(cache.stats().hits() > READS / 4, () -> verdict + " " + cache.stats());
    }
  }
}
