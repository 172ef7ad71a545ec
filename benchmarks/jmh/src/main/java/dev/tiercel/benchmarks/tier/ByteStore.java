package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** What all tiers and their peers can do: keep bytes under a text. Read by one thread. */
interface ByteStore extends AutoCloseable {
  /** What is kept under a key, or null. */
  byte[] get(String key) throws Exception;

  /** Keeps records of which none is there yet; how long they live is left to those that can. */
  void put(List<TierRecord> records) throws Exception;

  /** Writes what is still in memory only, so that reads go to the files. */
  default void settle() throws Exception {}

  @Override
  void close() throws IOException, SQLException;
}
