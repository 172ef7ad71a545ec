package dev.tiercel.benchmarks.tier;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import java.nio.file.Path;

/** A cache whose memory has room for so many entries, over a tier. */
public enum CachePeer {
  /** Over SQLite. */
  SQLITE {
    @Override
    CacheTier tier(Path folder, long maxBytes) {
      return SqliteTier.builder(folder.resolve("cache.db")).maxBytes(maxBytes).open();
    }
  },

  /** Over segments. */
  FILES {
    @Override
    CacheTier tier(Path folder, long maxBytes) {
      return FileTier.builder(folder).maxBytes(maxBytes).open();
    }
  };

  abstract CacheTier tier(Path folder, long maxBytes);

  TieredCache open(Path folder, long maxBytes, EncodedValues values, long entries) {
    return TieredCache.builder()
        .entries(entries)
        .onlyWriter()
        .codec(values.codec())
        .tier(tier(folder, maxBytes))
        .build();
  }
}
