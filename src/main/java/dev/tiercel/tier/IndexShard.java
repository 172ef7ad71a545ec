package dev.tiercel.tier;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * A part of a {@link TierIndex}: hash, order and place of each record, in one array of numbers with
 * open addressing. Thread-safe; no call takes long.
 */
final class IndexShard {
  private static final int WIDTH = 3;
  private static final int ORDER = 1;
  private static final int PLACE = 2;
  private static final int FEWEST = 16;

  private final LongAdder entries;
  private final LongAdder liveBytes;
  private long[] table = new long[FEWEST * WIDTH]; // Guarded by: this
  private int size; // Guarded by: this

  IndexShard(LongAdder entries, LongAdder liveBytes) {
    this.entries = entries;
    this.liveBytes = liveBytes;
  }

  /** Where a record lies, which counts as read from now on; or 0. */
  synchronized long read(long hash) {
    int at = find(hash);
    long place = table[at + PLACE];
    if (place > 0) {
      table[at + PLACE] = Place.read(place);
    }
    return Place.bare(place);
  }

  synchronized boolean isAt(long hash, long place) {
    return Place.bare(table[find(hash) + PLACE]) == place;
  }

  /** Whether a record of that order would lose to what is there. */
  synchronized boolean isNewer(long hash, long order) {
    int at = find(hash);
    return table[at + PLACE] != 0 && table[at + ORDER] > order;
  }

  /** Puts an entry, unless one of a greater order is there. */
  synchronized void put(long hash, long order, long place) {
    int at = find(hash);
    long old = table[at + PLACE];
    if (old == 0) {
      insert(at, hash, order, place);
    } else if (table[at + ORDER] <= order) {
      set(at, hash, order, place);
      liveBytes.add(TierIndex.cost(place) - TierIndex.cost(old));
    }
  }

  private void insert(int at, long hash, long order, long place) {
    set(at, hash, order, place);
    size++;
    entries.increment();
    liveBytes.add(TierIndex.cost(place));
    if (size > capacity() / 4 * 3) {
      grow();
    }
  }

  private void set(int at, long hash, long order, long place) {
    table[at] = hash;
    table[at + ORDER] = order;
    table[at + PLACE] = place;
  }

  /** Notes that a record was copied, if its entry still is where it was. */
  synchronized void move(long hash, long from, long to) {
    int at = find(hash);
    if (Place.bare(table[at + PLACE]) == from) {
      table[at + PLACE] = to;
    }
  }

  /** Removes an entry if it is at that place. */
  synchronized boolean remove(long hash, long place) {
    int at = find(hash);
    boolean there = Place.bare(table[at + PLACE]) == place;
    if (there) {
      removeAt(at);
    }
    return there;
  }

  /** Removes an entry unless its order is greater. */
  synchronized void removeUpTo(long hash, long order) {
    int at = find(hash);
    if (table[at + PLACE] != 0 && table[at + ORDER] <= order) {
      removeAt(at);
    }
  }

  /** Removes all entries of a segment. */
  synchronized int drop(int slot) {
    int before = size;
    for (int at = 0; at < table.length; at += WIDTH) {
      // What moves up into the gap is looked at next.
      while (Place.slot(table[at + PLACE]) == slot) {
        removeAt(at);
      }
    }
    return before - size;
  }

  /** Hands out all entries of a segment. */
  synchronized void list(int slot, TierIndex.Sink sink) {
    for (int at = 0; at < table.length; at += WIDTH) {
      if (Place.slot(table[at + PLACE]) == slot) {
        sink.entry(table[at], table[at + ORDER], table[at + PLACE]);
      }
    }
  }

  synchronized void clear() {
    for (int at = 0; at < table.length; at += WIDTH) {
      if (table[at + PLACE] != 0) {
        liveBytes.add(-TierIndex.cost(table[at + PLACE]));
      }
    }
    entries.add(-size);
    size = 0;
    table = new long[FEWEST * WIDTH];
  }

  synchronized int capacity() {
    return table.length / WIDTH;
  }

  /* Where the entry is, or the empty place where it would be. */
  private int find(long hash) {
    int at = home(hash);
    while (table[at + PLACE] != 0 && table[at] != hash) {
      at = next(at);
    }
    return at;
  }

  private int next(int at) {
    int next = at + WIDTH;
    return next == table.length ? 0 : next;
  }

  /* By bits that the choice of the shard has left; any capacity will do, so growth can be small. */
  private int home(long hash) {
    long bits = hash << TierIndex.SHARD_BITS >>> Integer.SIZE;
    return (int) ((bits * capacity()) >>> Integer.SIZE) * WIDTH;
  }

  /* Moves up whatever stands behind the gap because of what was there: no marks are left. */
  private void removeAt(int gap) {
    size--;
    entries.decrement();
    liveBytes.add(-TierIndex.cost(table[gap + PLACE]));
    int empty = gap;
    for (int at = next(gap); table[at + PLACE] != 0; at = next(at)) {
      int home = home(table[at]);
      boolean stays = empty < at ? home > empty && home <= at : home > empty || home <= at;
      if (!stays) {
        set(empty, table[at], table[at + ORDER], table[at + PLACE]);
        empty = at;
      }
    }
    Arrays.fill(table, empty, empty + WIDTH, 0);
  }

  private void grow() {
    long[] old = table;
    table = new long[Math.multiplyExact(capacity() / 2 * 3, WIDTH)];
    for (int i = 0; i < old.length; i += WIDTH) {
      if (old[i + PLACE] != 0) {
        set(find(old[i]), old[i], old[i + ORDER], old[i + PLACE]);
      }
    }
  }
}
