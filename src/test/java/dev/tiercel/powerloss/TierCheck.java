package dev.tiercel.powerloss;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Insists that a tier opens, whatever is left of it, gives back only what was put. */
final class TierCheck {
  private TierCheck() {}

  static Story.Finding check(Path folder, List<String> why) {
    try (CacheTier table = TierWriter.openTable(folder);
        CacheTier files = TierWriter.openFiles(folder)) {
      return isSound(table, why) && isSound(files, why)
          ? Story.Finding.SOUND
          : Story.Finding.CORRUPT;
    }
  }

  private static boolean isSound(CacheTier tier, List<String> why) {
    for (int i = 0; i < TierWriter.KEYS; i++) {
      String key = TierWriter.key(i);
      TierRecord found = tier.get(key);
      if (found != null && !isAsPut(found, key)) {
        why.add(tier.name() + " gives back under " + key + " what was never put there");
        return false;
      }
    }
    TierRecord fresh = TierWriter.record(TierWriter.key(0), Long.MAX_VALUE);
    try {
      tier.put(List.of(fresh));
    } catch (CacheTierException e) {
      return true; // It says that it cannot be written; the cache leaves it out.
    }
    TierRecord kept = tier.get(fresh.key());
    if (kept != null && !isAsPut(kept, fresh.key())) {
      why.add(tier.name() + " gives back another record than the one that was put last");
      return false;
    }
    return true;
  }

  private static boolean isAsPut(TierRecord found, String key) {
    TierRecord put = TierWriter.record(key, found.order());
    return found.key().equals(key) && Arrays.equals(found.bytes(), put.bytes());
  }
}
