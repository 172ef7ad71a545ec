package dev.tiercel.cache;

import dev.tiercel.tier.TierRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers over a restart which keys were read most, and brings their values back into memory, the
 * hottest first, as soon as somebody says what type they are of. Thread-safe.
 */
final class HotList {
  private static final Logger LOG = LoggerFactory.getLogger(HotList.class);

  /** The key under which it is stored, with bytes that are no entry. */
  static final String KEY = "tiercel:hot";

  private static final byte FORM = 2;
  private static final int MOST_KEYS = 4_096;
  private static final int LONGEST_KEY = 512;
  private static final long EVERY_MILLIS = 30_000;

  private final MemoryTier memory;
  private final LowerTier tier;
  private final CoarseClock clock;
  private final Map<String, List<String>> former = new ConcurrentHashMap<>();
  private long nextAt; // Used by one thread.

  HotList(MemoryTier memory, LowerTier tier, CoarseClock clock) {
    this.memory = memory;
    this.tier = tier;
    this.clock = clock;
    this.nextAt = clock.millis() + EVERY_MILLIS;
    TierRecord stored = tier.get(KEY);
    if (stored != null) {
      former.putAll(decode(stored.bytes()));
    }
  }

  /** Stores the list now and then. */
  void tick() {
    long now = clock.millis();
    if (now >= nextAt) {
      nextAt = now + EVERY_MILLIS;
      save();
    }
  }

  /** Stores it at the end, whatever the keys throw. */
  void saveLast() {
    try {
      save();
    } catch (RuntimeException e) {
      LOG.warn("which keys are hot was not stored", e);
    }
  }

  /** Stores which keys are hot. */
  void save() {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    memory.hottest(MOST_KEYS).forEach((key, entry) -> note(keys, Keys.text(key), entry));
    if (!keys.isEmpty()) {
      long now = System.currentTimeMillis();
      tier.put(new TierRecord(KEY, now, Long.MAX_VALUE, encode(keys)));
    }
  }

  private static void note(Map<String, List<String>> keys, String key, Entry entry) {
    if (entry.value != null && key.length() <= LONGEST_KEY) {
      keys.computeIfAbsent(entry.type().toString(), type -> new ArrayList<>()).add(key);
    }
  }

  private static byte[] encode(Map<String, List<String>> keys) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream to = new DataOutputStream(bytes)) {
      to.writeByte(FORM);
      to.writeInt(keys.size());
      for (Map.Entry<String, List<String>> type : keys.entrySet()) {
        to.writeUTF(type.getKey());
        to.writeInt(type.getValue().size());
        for (String key : type.getValue()) {
          to.writeUTF(key);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A type with a name of 64 KiB.
    }
    return bytes.toByteArray();
  }

  private static Map<String, List<String>> decode(byte[] bytes) {
    Map<String, List<String>> keys = new LinkedHashMap<>();
    try (DataInputStream from = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (from.readByte() != FORM) {
        return Map.of();
      }
      int types = from.readInt();
      for (int i = 0; i < types; i++) {
        String type = from.readUTF();
        int count = from.readInt();
        List<String> ofType = new ArrayList<>();
        for (int j = 0; j < count; j++) {
          ofType.add(from.readUTF());
        }
        keys.put(type, ofType);
      }
    } catch (IOException e) {
      return Map.of(); // Another form, or somebody's entry: then it begins anew.
    }
    return keys;
  }

  /** Brings what was hot before the restart into memory, in the background. */
  void promote(TypedCache<?> view, Fills fills, Executor executor) {
    List<String> keys = former.isEmpty() ? null : former.remove(view.type().toString());
    if (keys == null) {
      return;
    }
    try {
      executor.execute(() -> promote(keys, view, fills));
    } catch (RejectedExecutionException e) {
      // Then each is promoted when it is read.
    }
  }

  private void promote(List<String> keys, TypedCache<?> view, Fills fills) {
    for (String key : keys) {
      if (memory.peek(key) == null) {
        fills.promoted(key, view);
      }
    }
  }
}
