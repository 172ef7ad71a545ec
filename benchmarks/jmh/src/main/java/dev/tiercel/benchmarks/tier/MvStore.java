package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.List;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** MVStore; with a commit at each put if what is there shall be kept, or else one every second. */
record MvStore(MVStore store, MVMap<String, byte[]> map, boolean keeping) implements ByteStore {
  static ByteStore open(Path file, boolean keeping) {
    MVStore store = new MVStore.Builder().fileName(file.toString()).open();
    return new MvStore(store, store.openMap("bytes"), keeping);
  }

  @Override
  public byte[] get(String key) {
    return map.get(key);
  }

  @Override
  public void put(List<TierRecord> records) {
    records.forEach(record -> map.put(record.key(), record.bytes()));
    if (keeping) {
      store.commit();
    }
  }

  @Override
  public void settle() {
    store.commit();
  }

  @Override
  public void close() {
    store.close();
  }
}
