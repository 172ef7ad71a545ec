package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A cache in its smallest form that is never stale, and on demand with one {@link Mistake}. It
 * shows that the {@link FreshnessOracle} sees what it is there to see.
 *
 * <p>Each datum is a tag. Some data carry none: they are written without a word, and then the
 * pattern of their family is banned.
 */
final class ModelCache implements FreshnessOracle.Subject {
  private static final int TAGGED = 64;
  private static final int FAMILIES = 4;
  private static final int GROUP = 8;
  private static final int MEMBERS = 4;
  private static final int DATA = TAGGED + FAMILIES * MEMBERS;
  private static final int NO_FAMILY = -1;
  private static final int MAX_BANS = 6;

  private static final class Entry {
    final int[] shown;
    final long[] numbers;
    volatile long stamp;

    Entry(int[] shown, long[] numbers, long stamp) {
      this.shown = shown;
      this.numbers = numbers;
      this.stamp = stamp;
    }
  }

  private final Mistake mistake;
  private final List<int[]> shown = new ArrayList<>();
  private final List<int[]> written = new ArrayList<>();

  private final AtomicLongArray store = new AtomicLongArray(DATA);
  private final ConcurrentMap<Integer, Entry> entries = new ConcurrentHashMap<>();
  private final ConcurrentMap<Integer, CompletableFuture<Entry>> flights =
      new ConcurrentHashMap<>();

  private final ModelVersions versions;

  ModelCache(Mistake mistake) {
    this.mistake = mistake;
    versions = new ModelVersions(mistake, DATA);
    for (int datum = 0; datum < DATA; datum++) {
      shown.add(new int[] {datum});
    }
    addRows(shown, 0, TAGGED, GROUP);
    addRows(shown, TAGGED, DATA, MEMBERS);
    for (int datum = 0; datum < TAGGED; datum++) {
      written.add(new int[] {datum});
    }
    addRows(written, TAGGED, DATA, MEMBERS);
  }

  private static void addRows(List<int[]> to, int from, int end, int size) {
    for (int first = from; first < end; first += size) {
      int[] row = new int[size];
      for (int i = 0; i < size; i++) {
        row[i] = first + i;
      }
      to.add(row);
    }
  }

  @Override
  public List<int[]> entries() {
    return shown;
  }

  @Override
  public List<int[]> writes() {
    return written;
  }

  @Override
  public boolean inOrder(int datum) {
    return datum < TAGGED;
  }

  @Override
  public String toString() {
    return mistake.name();
  }

  private static int family(int datum) {
    return datum < TAGGED ? NO_FAMILY : (datum - TAGGED) / MEMBERS;
  }

  // Reading

  @Override
  public boolean read(int id, long[] numbers, Dice dice) {
    disturb(dice);
    Entry entry = mistake == Mistake.REMOVE_KEYS_BEHIND_LOAD ? loading(id, dice) : get(id, dice);
    System.arraycopy(entry.numbers, 0, numbers, 0, entry.numbers.length);
    return true;
  }

  private Entry loading(int id, Dice dice) {
    Entry entry = entries.get(id);
    return entry != null ? entry : entries.computeIfAbsent(id, absent -> load(id, dice));
  }

  private Entry get(int id, Dice dice) {
    Entry entry = entries.get(id);
    dice.stumble();
    if (entry != null) {
      long valid = check(entry, dice);
      if (valid >= 0) {
        return entry;
      }
      if (valid == ModelVersions.PENDING) {
        return load(id, dice);
      }
    }
    CompletableFuture<Entry> flight = new CompletableFuture<>();
    CompletableFuture<Entry> other = flights.putIfAbsent(id, flight);
    if (other == null) {
      entry = load(id, dice);
      dice.stumble();
      entries.put(id, entry);
      dice.stumble();
      flights.remove(id, flight);
      flight.complete(entry);
      return entry;
    }
    entry = other.join();
    dice.stumble();
    return mistake == Mistake.JOIN_OUTDATED_FLIGHT || check(entry, dice) >= 0
        ? entry
        : load(id, dice);
  }

  private Entry load(int id, Dice dice) {
    int[] data = shown.get(id);
    long stamp = versions.seq();
    dice.stumble();
    long[] numbers = new long[data.length];
    for (int i = 0; i < data.length; i++) {
      numbers[i] = store.get(data[i]);
    }
    dice.stumble();
    if (mistake == Mistake.STAMP_AFTER_LOAD) {
      stamp = versions.seq();
    }
    return new Entry(data, numbers, stamp);
  }

  /** Whether an entry is as good as a new one; if so, its stamp moves on. */
  private long check(Entry entry, Dice dice) {
    if (mistake.stampless) {
      return 0;
    }
    long valid = versions.check(entry.stamp, entry.shown, family(entry.shown[0]), dice);
    if (valid >= 0) {
      entry.stamp = valid;
    }
    return valid;
  }

  /** What readers do beside reading, at times: commits of nothing, evictions, and the sweeping. */
  private void disturb(Dice dice) {
    boolean calm = (versions.seq() >>> 9 & 3) == 0;
    if (dice.oneIn(calm ? 4096 : 32) && !mistake.stampless) {
      int datum = dice.below(TAGGED / 16) * 16;
      switch (dice.below(8)) {
        case 0 -> sweep(dice);
        case 1 -> versions.rollBack(datum, dice);
        case 2, 3, 4 -> entries.remove(datum); // As a cache does that is full.
        default -> versions.commit(datum, () -> {}, dice);
      }
    }
  }

  // Writing

  @Override
  public boolean write(int write, long[] numbers, Dice dice) {
    int[] data = written.get(write);
    Runnable change =
        () -> {
          for (int i = 0; i < data.length; i++) {
            store.set(data[i], numbers[i]);
          }
        };
    if (mistake.stampless) {
      writeAndEvict(data, change, dice);
    } else if (data[0] >= TAGGED) {
      change.run();
      dice.stumble();
      versions.ban(family(data[0]), dice);
      if (versions.bans() >= MAX_BANS) {
        sweep(dice);
      }
    } else if (dice.oneIn(16)) {
      versions.fail(data[0], change, dice);
      return false;
    } else {
      versions.commit(data[0], change, dice);
    }
    return true;
  }

  private void writeAndEvict(int[] data, Runnable change, Dice dice) {
    if (mistake != Mistake.EVICT_BEFORE_COMMIT) {
      change.run();
      dice.stumble();
    }
    if (mistake == Mistake.INVALIDATE_ALL_BESIDE_LOAD) {
      entries.clear();
    } else {
      for (int id = 0; id < shown.size(); id++) {
        int[] row = shown.get(id);
        if (row[0] <= data[data.length - 1] && data[0] <= row[row.length - 1]) {
          entries.remove(id);
          dice.stumble();
        }
      }
    }
    if (mistake == Mistake.EVICT_BEFORE_COMMIT) {
      change.run();
    }
  }

  /** Removes what the bans hit, and stamps the rest, so that the bans can be forgotten. */
  private void sweep(Dice dice) {
    versions.sweep(
        () ->
            entries.forEach(
                (id, entry) -> {
                  if (check(entry, dice) < 0) {
                    entries.remove(id, entry);
                  }
                }),
        dice);
  }
}
