package dev.tiercel.powerloss;

import dev.tiercel.Tiercel;
import dev.tiercel.TiercelBuilder;
import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;

/** What a process does while it is recorded. */
enum Workload {
  /** Many writers that share commits, and backups beside them. */
  GROUPS(Durability.FULL, 4, false, 26),
  /** One writer, so that every write is a commit of its own. */
  SINGLE(Durability.FULL, 1, false, 16),
  /** The log is not synced at a commit. */
  RELAXED(Durability.NORMAL, 3, false, 22),
  /** A legacy table that is converted in place, and used. */
  LEGACY(Durability.FULL, 2, false, 10),
  /** Both tiers without a cache above them. */
  TIERS(Durability.FULL, 0, false, 22),
  /** The whole stack: a database, its caches, and readers. */
  CACHED(Durability.FULL, 2, true, 2),
  /** The same with commits that a power loss may take. */
  CACHED_RELAXED(Durability.NORMAL, 2, true, 2);

  static final String DATABASE = "tasks.db";
  static final String TIER = "cache.db";
  static final String SEGMENTS = "cache";
  private static final long LEAST_TIER = 1L << 20;
  private static final long LEAST_SEGMENTS = 128L << 10;

  final Durability durability;
  final int writers;
  final boolean cached;

  /** How much of all states it gets, in hundredths. */
  final int share;

  Workload(Durability durability, int writers, boolean cached, int share) {
    this.durability = durability;
    this.writers = writers;
    this.cached = cached;
    this.share = share;
  }

  /** Opens what it writes to; as small as can be, so that much happens with few writes. */
  Tiercel open(Path folder) {
    TiercelBuilder builder =
        Tiercel.builder(folder.resolve(DATABASE))
            .durability(durability)
            .pageCache(64L << 10)
            .writeAheadLog(1L << 20)
            .readers(1)
            .migrateLegacy(this == LEGACY);
    return cached
        ? builder
            .memory(1L << 20)
            .sqliteTier(folder.resolve(TIER), LEAST_TIER)
            .fileTier(folder.resolve(SEGMENTS), LEAST_SEGMENTS)
            .build()
        : builder.uncached().build();
  }
}
