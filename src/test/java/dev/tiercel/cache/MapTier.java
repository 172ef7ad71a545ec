package dev.tiercel.cache;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.CacheTierException;
import dev.tiercel.tier.TierRecord;
import dev.tiercel.tier.TierUse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A tier that a user could have brought: a map, which outlives the caches on it, and may fail. */
final class MapTier implements CacheTier {
  final Map<String, TierRecord> records = new ConcurrentHashMap<>();
  final AtomicInteger calls = new AtomicInteger();
  volatile boolean broken;
  volatile boolean closed;
  volatile long evicted;

  private void touch() {
    calls.incrementAndGet();
    if (broken) {
      throw new CacheTierException("the map is gone", new IllegalStateException("gone"));
    }
  }

  @Override
  public String name() {
    return "map";
  }

  @Override
  public TierRecord get(String key) {
    touch();
    return records.get(key);
  }

  @Override
  public void put(List<TierRecord> batch) {
    touch();
    for (TierRecord each : batch) {
      records.merge(each.key(), each, (old, now) -> now.order() >= old.order() ? now : old);
    }
  }

  @Override
  public void remove(List<TierRecord> batch) {
    touch();
    for (TierRecord each : batch) {
      records.computeIfPresent(each.key(), (key, old) -> old.order() > each.order() ? old : null);
    }
  }

  @Override
  public long removeIf(Predicate<TierRecord> picked) {
    touch();
    long before = records.size();
    records.values().removeIf(picked);
    return before - records.size();
  }

  @Override
  public void clear() {
    touch();
    records.clear();
  }

  @Override
  public TierUse use() {
    if (broken) {
      throw new CacheTierException("the map is gone", new IllegalStateException("gone"));
    }
    return new TierUse(records.size(), 0, 0, evicted, 0, 0);
  }

  @Override
  public void close() {
    closed = true;
  }
}
