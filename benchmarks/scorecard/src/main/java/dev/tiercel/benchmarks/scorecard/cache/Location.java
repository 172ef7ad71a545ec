package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.cache.TieredCacheBuilder;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Where a database lies.
 *
 * @param workplace the folder
 * @param name what its files are called
 */
record Location(Workplace workplace, String name) {
  private static final long SQLITE_BYTES = 256 << 20;
  private static final long FILE_BYTES = 1 << 30;

  Path tasks() {
    return workplace.file(name + ".db");
  }

  /** The tiers below memory. */
  UnaryOperator<TieredCacheBuilder> tiers() {
    return cache ->
        cache
            .sqliteTier(workplace.file(name + "-cache.db"), SQLITE_BYTES)
            .fileTier(workplace.file(name + "-cache"), FILE_BYTES);
  }
}
