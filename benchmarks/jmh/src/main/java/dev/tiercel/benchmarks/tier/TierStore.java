package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import java.util.List;

/** A tier of Tiercel. */
record TierStore(CacheTier tier) implements ByteStore {
  @Override
  public byte[] get(String key) {
    TierRecord record = tier.get(key);
    return record == null ? null : record.bytes();
  }

  @Override
  public void put(List<TierRecord> records) {
    tier.put(records);
  }

  @Override
  public void close() {
    tier.close();
  }
}
