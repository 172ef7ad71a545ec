package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB as it comes, but that it does not compress, as nobody else here does. */
record RocksStore(Options options, WriteOptions writing, RocksDB db) implements ByteStore {
  static ByteStore open(Path folder) throws RocksDBException {
    RocksDB.loadLibrary();
    Options options =
        new Options().setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION);
    return new RocksStore(options, new WriteOptions(), RocksDB.open(options, folder.toString()));
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] get(String key) throws RocksDBException {
    return db.get(bytes(key));
  }

  @Override
  public void put(List<TierRecord> records) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (TierRecord record : records) {
        batch.put(bytes(record.key()), record.bytes());
      }
      db.write(writing, batch);
    }
  }

  @Override
  public void settle() throws RocksDBException {
    try (FlushOptions waiting = new FlushOptions().setWaitForFlush(true)) {
      db.flush(waiting);
    }
    db.compactRange();
  }

  @Override
  public void close() {
    try (options;
        writing) {
      db.close();
    }
  }
}
