package dev.tiercel.benchmarks.tier;

import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The child JVM of {@link AfterKill}: puts entries and says how many there are, until its end. */
final class AfterKillChild {
  /** Nobody waits for so many; should the parent be gone, so is this one soon. */
  private static final int MOST = 10_000_000;

  private AfterKillChild() {}

  public static void main(String[] args) throws Exception {
    StorePeer peer = StorePeer.valueOf(args[0]);
    try (ByteStore store = AfterKill.open(peer, Boolean.parseBoolean(args[1]), Path.of(args[2]))) {
      int put = 0;
      while (put < MOST && !System.out.checkError()) {
        List<TierRecord> records = new ArrayList<>();
        while (records.size() < AfterKill.BATCH) {
          records.add(AfterKill.record(put++));
        }
        store.put(records);
        System.out.println(put);
      }
    }
  }
}
