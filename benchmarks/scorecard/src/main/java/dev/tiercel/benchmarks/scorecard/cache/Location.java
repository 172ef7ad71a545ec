package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.Tiercel;
import dev.tiercel.TiercelBuilder;
import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;

/**
 * Where a database lies.
 *
 * @param workplace the folder
 * @param name what its files are called
 */
record Location(Workplace workplace, String name) {
  static final Durability DURABILITY = Durability.NORMAL;
  private static final long SQLITE_BYTES = 256 << 20;
  private static final long FILE_BYTES = 1 << 30;

  Path tasks() {
    return workplace.file(name + ".db");
  }

  /** The stack with its defaults, so that the cache is in memory. */
  TiercelBuilder inMemory() {
    return Tiercel.builder(tasks()).durability(DURABILITY);
  }

  /** The same with both tiers below memory. */
  TiercelBuilder inTiers() {
    return inMemory()
        .sqliteTier(workplace.file(name + "-cache.db"), SQLITE_BYTES)
        .fileTier(workplace.file(name + "-cache"), FILE_BYTES);
  }
}
