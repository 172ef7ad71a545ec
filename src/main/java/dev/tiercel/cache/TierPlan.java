package dev.tiercel.cache;

import dev.tiercel.tier.CacheTier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tier that a cache is to have.
 *
 * @param given the tier, if it is open already
 * @param opener gives the tier, open
 * @param leastBytes what is shorter is not for it
 * @param mostBytes what is longer is not for it
 */
record TierPlan(
    @Nullable CacheTier given, Supplier<CacheTier> opener, long leastBytes, long mostBytes) {
  /** Closes what is open already, because the cache is not to be. */
  void giveUp(Throwable why) {
    try {
      if (given != null) {
        given.close();
      }
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
