package dev.tiercel.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was written when, in memory: the sequence, a version for each slot of tags, the floor, and
 * the bans in force. Answers whether a stamp is still current.
 *
 * <p>The orders in here are the whole of freshness; each other one was seen to give stale answers,
 * or new ones and then old ones (docs/architecture.md). Thread-safe.
 */
final class Versions {
  /** The stamp is no longer current: something that the value depends on was written. */
  static final long STALE = -1;

  /** A write is under way to something that the value depends on: nobody knows. */
  static final long PENDING = -2;

  /**
   * Beyond this number the oldest ban becomes a floor: each one costs every look-up that it makes
   * slow.
   */
  static final int MAX_BANS = 32;

  private static final int SLOTS = 1 << 18;
  private static final Ban[] NO_BANS = {};

  /* A slot holds a version and, below it, how many writes are under way. One read sees both, so the
   * mark can never be read after the version that belongs to it. */
  private static final int MARK_BITS = 20;
  /* Each may mark a slot more than once, by tags that share it. */
  private static final int MOST_WRITES = 1 << (MARK_BITS - 3);
  private static final long MARKS = (1L << MARK_BITS) - 1;
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  private final AtomicInteger writingAnything = new AtomicInteger();
  private final AtomicLong floor = new AtomicLong();
  private long forgottenTo; // Guarded by: this

  /**
   * The last invalidation of a key or a prefix; an entry that is younger need not look at those.
   */
  private final AtomicLong keyedAt = new AtomicLong();

  private volatile Ban[] bans = NO_BANS; // Written under the lock of this.

  /* Without an object around them: every look-up reads these two. */
  private static final VarHandle WRITING;
  private static final VarHandle SEQ;

  static {
    try {
      MethodHandles.Lookup own = MethodHandles.lookup();
      WRITING = own.findVarHandle(Versions.class, "writing", int.class);
      SEQ = own.findVarHandle(Versions.class, "seq", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int writing;
  private volatile long seq;

  /** The newest commit that is known; what is loaded from now on is stamped with it. */
  long seq() {
    return seq;
  }

  /** Whether nothing at all happened since the stamp: true for most look-ups, and quick. */
  boolean isUntouched(long stamp) {
    // In this order: a write raises the sequence before it ends.
    return writing == 0 && stamp == seq;
  }

  /**
   * Whether a value is current. The version of a tag is read with its mark, the bans before what
   * was swept.
   *
   * @param sweptTo what was swept from the place where the value was found; below it no ban is
   *     known any more
   * @return the sequence at which it was, from now on its stamp; or {@link #STALE}, or {@link
   *     #PENDING}
   */
  long validate(long stamp, TagSet tags, Object key, AtomicLong sweptTo) {
    long at = seq;
    if (writingAnything.get() > 0) {
      return PENDING;
    }
    Ban[] live = bans; // Before the floor, which takes the place of the oldest.
    if (stamp < floor.get()) {
      return STALE;
    }
    long keyed = keyedAt.get();
    for (int i = keyed > stamp ? 0 : tags.keys(); i < tags.size(); i++) {
      long verdict = verdict(tags.half(i), stamp);
      if (verdict < 0) {
        return verdict;
      }
    }
    if (keyed > stamp) {
      long verdict = verdictOnKey(Keys.text(key), stamp);
      if (verdict < 0) {
        return verdict;
      }
    }
    if (live.length > 0 && isBanned(live, stamp, key)) {
      return STALE;
    }
    return stamp < sweptTo.get() ? STALE : at;
  }

  /** The same for one hash alone, but 0 if it is current. */
  long verdict(long hash, long stamp) {
    long slot = slots.get(slot(hash));
    if ((slot & MARKS) != 0) {
      return PENDING;
    }
    return slot >>> MARK_BITS > stamp ? STALE : 0;
  }

  private long verdictOnKey(String key, long stamp) {
    long verdict = verdict(TagHash.ofKey(key.hashCode()), stamp);
    if (verdict < 0) {
      return verdict;
    }
    for (long prefix : TagSet.prefixesOf(key)) {
      verdict = verdict(prefix, stamp);
      if (verdict < 0) {
        return verdict;
      }
    }
    return 0;
  }

  private static boolean isBanned(Ban[] live, long stamp, Object key) {
    String text = null;
    for (Ban ban : live) {
      if (ban.seq() > stamp) {
        text = text == null ? Keys.text(key) : text;
        if (ban.glob().matches(text)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Marks what a write is about to change; from here on it is neither served nor filled. */
  void mark(Raise raise) {
    if ((int) WRITING.getAndAdd(this, 1) >= MOST_WRITES) {
      WRITING.getAndAdd(this, -1);
      throw new IllegalStateException(
          MOST_WRITES + " writes are under way at once; close each PendingWrite, whatever happens");
    }
    if (raise.everything()) {
      writingAnything.incrementAndGet();
    }
    for (long hash : raise.hashes()) {
      slots.incrementAndGet(slot(hash));
    }
  }

  /** Ends a write: one that did not happen, or one that was made known. */
  void unmark(Raise raise) {
    for (long hash : raise.hashes()) {
      slots.decrementAndGet(slot(hash));
    }
    if (raise.everything()) {
      writingAnything.decrementAndGet();
    }
    WRITING.getAndAdd(this, -1); // Last: until here nobody takes the quick way.
  }

  /**
   * Makes a commit known: first what it changed, then that there was one. Commits are made known
   * one at a time and in order: otherwise a value could be found valid at a number that is above a
   * commit which is not known yet.
   */
  void apply(Raise raise, long at) {
    if (raise.everything()) {
      raiseTo(floor, at);
    }
    for (long hash : raise.hashes()) {
      int slot = slot(hash);
      slots.updateAndGet(
          slot, old -> old >>> MARK_BITS >= at ? old : at << MARK_BITS | (old & MARKS));
    }
    if (raise.isKeyed()) {
      raiseTo(keyedAt, at);
    }
    raise.patterns().forEach(pattern -> ban(new Ban(at, Glob.of(pattern))));
    long known = seq;
    while (known < at && !SEQ.compareAndSet(this, known, at)) {
      known = seq;
    }
  }

  /** Voids everything whose stamp is below. */
  void raiseFloor(long to) {
    raiseTo(floor, to);
  }

  /** The newest ban that is forgotten: what is older and was not swept may be void. */
  synchronized long forgottenTo() {
    return forgottenTo;
  }

  /** Whether whatever has an older stamp is void. */
  boolean isVoid(long before) {
    return floor.get() >= before;
  }

  private synchronized void ban(Ban ban) {
    boolean full = bans.length == MAX_BANS;
    if (full) {
      raiseTo(floor, bans[0].seq()); // Voids what the oldest voids, and more.
    }
    Ban[] after = Arrays.copyOfRange(bans, full ? 1 : 0, bans.length + 1);
    after[after.length - 1] = ban;
    bans = after;
  }

  /** The bans in force. */
  Ban[] bans() {
    return bans;
  }

  /** Forgets bans, when nothing that they hit is left and nothing older can come any more. */
  synchronized void dropBans(long upTo) {
    for (Ban ban : bans) {
      forgottenTo = ban.seq() <= upTo ? Math.max(forgottenTo, ban.seq()) : forgottenTo;
    }
    if (bans.length > 0) {
      bans = Arrays.stream(bans).filter(ban -> ban.seq() > upTo).toArray(Ban[]::new);
    }
  }

  /** Which write made a stamp void, for people who ask why; bans that were swept are forgotten. */
  String culprit(long stamp, TagSet tags, Object key) {
    if (stamp < floor.get()) {
      return "everything was voided by write " + floor.get();
    }
    for (int i = 0; i < tags.size(); i++) {
      long version = slots.get(slot(tags.half(i))) >>> MARK_BITS;
      if (version > stamp) {
        return "write " + version + " changed " + TagNames.of(tags.half(i));
      }
    }
    if (keyedAt.get() > stamp && verdictOnKey(Keys.text(key), stamp) < 0) {
      return "the key or one of its prefixes was invalidated after write " + stamp;
    }
    for (Ban ban : bans) {
      if (ban.seq() > stamp && ban.glob().matches(Keys.text(key))) {
        return "write " + ban.seq() + " voided the pattern " + ban.glob();
      }
    }
    return "a pattern was voided after write " + stamp;
  }

  /** By the lowest bits, which half a hash has too. */
  private static int slot(long hash) {
    return (int) hash & (SLOTS - 1);
  }

  private static void raiseTo(AtomicLong value, long to) {
    value.accumulateAndGet(to, Math::max);
  }
}
