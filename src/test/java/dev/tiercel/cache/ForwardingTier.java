package dev.tiercel.cache;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import dev.tiercel.tier.TierUse;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A tier that has another one do everything. */
abstract class ForwardingTier implements CacheTier {
  abstract CacheTier to();

  @Override
  public String name() {
    return to().name();
  }

  @Override
  public @Nullable TierRecord get(String key) {
    return to().get(key);
  }

  @Override
  public void put(List<TierRecord> records) {
    to().put(records);
  }

  @Override
  public void remove(List<TierRecord> records) {
    to().remove(records);
  }

  @Override
  public long removeIf(Predicate<TierRecord> picked) {
    return to().removeIf(picked);
  }

  @Override
  public void clear() {
    to().clear();
  }

  @Override
  public TierUse use() {
    return to().use();
  }

  @Override
  public void close() {
    to().close();
  }
}
