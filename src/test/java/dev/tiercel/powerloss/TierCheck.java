package dev.tiercel.powerloss;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Insists that a tier opens, whatever is left of it, gives back only what was put, and goes on. */
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
    for (int i = 0; i < TierWriter.KEYS; i++) {
      if (!isTaking(tier, TierWriter.record(TierWriter.key(i), Long.MAX_VALUE), why)) {
        return false;
      }
    }
    return true;
  }

  /* What is put once may go with the damage that the look-up after it finds. */
  private static boolean isTaking(CacheTier tier, TierRecord fresh, List<String> why) {
    TierRecord kept = null;
    for (int turn = 0; turn < 2 && kept == null; turn++) {
      try {
        tier.put(List.of(fresh));
        kept = tier.get(fresh.key());
      } catch (CacheTierException e) {
        why.add(tier.name() + " goes on badly: " + e);
        return false;
      }
    }
    if (kept == null || kept.order() != fresh.order() || !isAsPut(kept, fresh.key())) {
      why.add(tier.name() + " gives back " + kept + " where " + fresh.key() + " was put twice");
      return false;
    }
    return true;
  }

  private static boolean isAsPut(TierRecord found, String key) {
    TierRecord put = TierWriter.record(key, found.order());
    return found.key().equals(key) && Arrays.equals(found.bytes(), put.bytes());
  }
}
