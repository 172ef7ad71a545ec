package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import dev.tiercel.tier.TierUse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether a tier stays in its bound however much is put into it: the files are measured all the
 * while, from outside.
 *
 * <pre>
 * mvn -f benchmarks -Djmh.main=dev.tiercel.benchmarks.tier.TierBound -Djmh.args=10000000
 * </pre>
 */
public final class TierBound {
  private static final long BOUND = 256L << 20;
  private static final double TOLERATED = 1.1;
  private static final int BATCH = 512;
  private static final int SHORTEST = 100;
  private static final int LONGEST = 300;
  private static final double NANOS = 1e9;

  private final SplittableRandom random = new SplittableRandom(7);
  private final byte[] noise = new byte[1 << 16];

  private TierBound() {
    random.nextBytes(noise);
  }

  /**
   * Prints a table, and fails if the files were more than a tenth beyond the bound.
   *
   * @param args how many entries are put, each under a key of its own
   * @throws Exception if it cannot be measured
   */
  public static void main(String[] args) throws Exception {
    int fills = Integer.parseInt(args[0]);
    System.out.printf(
        "%-6s %10s %9s %10s %12s %14s%n",
        "", "entries/s", "max/bound", "entries", "evicted", "after clear, B");
    boolean kept = true;
    for (CachePeer peer : CachePeer.values()) {
      kept &= new TierBound().run(peer, fills) <= TOLERATED;
    }
    if (!kept) {
      throw new IllegalStateException("the files were larger than " + TOLERATED + " bounds");
    }
  }

  private double run(CachePeer peer, int fills) throws Exception {
    try (Workplace workplace = new Workplace()) {
      Path folder = Files.createDirectories(workplace.file("tier"));
      try (CacheTier tier = peer.tier(folder, BOUND);
          FolderSize size = new FolderSize(folder)) {
        long began = System.nanoTime();
        for (int put = 0; put < fills; put += BATCH) {
          tier.put(records(put, Math.min(BATCH, fills - put)));
        }
        double seconds = (System.nanoTime() - began) / NANOS;
        TierUse use = tier.use();
        double most = (double) size.most() / BOUND;
        tier.clear();
        System.out.printf(
            "%-6s %,10.0f %9.3f %,10d %,12d %,14d%n",
            peer, fills / seconds, most, use.entries(), use.evicted(), size.now());
        return most;
      }
    }
  }

  private List<TierRecord> records(int from, int count) {
    List<TierRecord> records = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      int length = random.nextInt(SHORTEST, LONGEST + 1);
      int at = random.nextInt(noise.length - length);
      byte[] bytes = Arrays.copyOfRange(noise, at, at + length);
      records.add(new TierRecord(Row.key(i), i, Long.MAX_VALUE, bytes));
    }
    return records;
  }
}
