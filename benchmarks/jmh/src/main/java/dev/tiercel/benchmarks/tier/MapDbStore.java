package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.List;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/** MapDB in a mapped file; with its log of transactions if what is there shall be kept. */
record MapDbStore(DB db, HTreeMap<String, byte[]> map, boolean keeping) implements ByteStore {
  static ByteStore open(Path file, boolean keeping) {
    DBMaker.Maker maker = DBMaker.fileDB(file.toFile()).fileMmapEnable().fileMmapPreclearDisable();
    DB db = (keeping ? maker.transactionEnable() : maker).make();
    return new MapDbStore(
        db, db.hashMap("bytes", Serializer.STRING, Serializer.BYTE_ARRAY).createOrOpen(), keeping);
  }

  @Override
  public byte[] get(String key) {
    return map.get(key);
  }

  @Override
  public void put(List<TierRecord> records) {
    records.forEach(record -> map.put(record.key(), record.bytes()));
    if (keeping) {
      db.commit();
    }
  }

  @Override
  public void close() {
    db.close();
  }
}
