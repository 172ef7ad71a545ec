package dev.tiercel.powerloss;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.FileTier;
import dev.tiercel.tier.SqliteTier;
import dev.tiercel.tier.TierRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts records into both tiers, and removes some, opening and closing. */
final class TierWriter {
  static final int KEYS = 60;
  private static final int SESSIONS = 4;
  private static final int LONGEST = 2_500;

  private final Path folder;
  private final Random random;
  private long order;

  TierWriter(Path folder, Random random) {
    this.folder = folder;
    this.random = random;
  }

  static SqliteTier openTable(Path folder) {
    return SqliteTier.builder(folder.resolve(Workload.TIER)).maxBytes(1L << 20).open();
  }

  static FileTier openFiles(Path folder) {
    Path segments = folder.resolve(Workload.SEGMENTS);
    return FileTier.builder(segments).maxBytes(64L << 10).segmentBytes(8 << 10).open();
  }

  static String key(int number) {
    return "key:" + number;
  }

  /** What stands under a key follows from the key and the order. */
  static TierRecord record(String key, long order) {
    Random own = new Random(31L * key.hashCode() + order);
    byte[] bytes = new byte[own.nextInt(8) == 0 ? own.nextInt(LONGEST) : own.nextInt(300)];
    own.nextBytes(bytes);
    return new TierRecord(key, order, Long.MAX_VALUE, bytes);
  }

  void run(int steps) {
    order = System.currentTimeMillis(); // Greater than that of any record which is there.
    for (int session = 0; session < SESSIONS; session++) {
      try (CacheTier table = openTable(folder);
          CacheTier files = openFiles(folder)) {
        for (int i = 0; i < steps / SESSIONS; i++) {
          step(random.nextBoolean() ? table : files);
        }
      }
    }
  }

  private void step(CacheTier tier) {
    List<TierRecord> records = new ArrayList<>();
    int count = 1 + random.nextInt(6);
    for (int i = 0; i < count; i++) {
      order++;
      records.add(record(key(random.nextInt(KEYS)), order));
    }
    int kind = random.nextInt(40);
    if (kind == 0) {
      tier.removeIf(record -> record.order() % 3 == 0);
    } else if (kind < 5) {
      tier.remove(records);
    } else {
      tier.put(records);
    }
    tier.get(key(random.nextInt(KEYS)));
  }
}
