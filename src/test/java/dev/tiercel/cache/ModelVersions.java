package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The hit rule and the write order of a {@link ModelCache}, step by step, and on demand with one
 * {@link Mistake}. Threads stumble between any two steps, in the right form as in the wrong ones.
 */
final class ModelVersions {
  static final long PENDING = -1;
  static final long STALE = -2;

  private record FamilyBan(long seq, int family) {}

  private final Mistake mistake;
  private final AtomicLong drawn = new AtomicLong();
  private final AtomicLong seq = new AtomicLong();
  private final AtomicLongArray versions;
  private final AtomicIntegerArray marks;
  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicInteger banning = new AtomicInteger();
  private final AtomicReference<List<FamilyBan>> bans = new AtomicReference<>(List.of());
  private final AtomicLong sweptTo = new AtomicLong();

  ModelVersions(Mistake mistake, int tags) {
    this.mistake = mistake;
    versions = new AtomicLongArray(tags);
    marks = new AtomicIntegerArray(tags);
  }

  long seq() {
    return seq.get();
  }

  // Reading

  /** The stamp of an entry that is current from now on, or {@link #STALE}, or {@link #PENDING}. */
  long check(long stamp, int[] tags, int family, Dice dice) {
    if (isUntouched(stamp, dice)) {
      return stamp;
    }
    dice.stumble();
    long at = seq.get();
    dice.stumble();
    if (banning.get() > 0) {
      return PENDING;
    }
    for (int tag : tags) {
      long version = mistake == Mistake.VERSION_BEFORE_PENDING ? versions.get(tag) : 0;
      dice.stumble();
      if (marks.get(tag) > 0) {
        return PENDING;
      }
      dice.stumble();
      version = mistake == Mistake.VERSION_BEFORE_PENDING ? version : versions.get(tag);
      if (version > stamp) {
        return STALE;
      }
    }
    dice.stumble();
    long swept = mistake == Mistake.SWEPT_BEFORE_BANS ? sweptTo.get() : 0;
    dice.stumble();
    for (FamilyBan ban : bans.get()) {
      if (ban.family == family && ban.seq > stamp) {
        return STALE;
      }
    }
    dice.stumble();
    swept = mistake == Mistake.SWEPT_BEFORE_BANS ? swept : sweptTo.get();
    if (stamp < swept && mistake != Mistake.FILL_AFTER_SWEEP) {
      return STALE;
    }
    dice.stumble();
    return mistake == Mistake.LATE_STAMP_OF_THE_VALID ? seq.get() : at;
  }

  private boolean isUntouched(long stamp, Dice dice) {
    if (mistake == Mistake.SEQ_BEFORE_PENDING) {
      boolean same = stamp == seq.get();
      dice.stumble();
      return same && writing.get() == 0;
    }
    boolean quiet = writing.get() == 0;
    dice.stumble();
    return quiet && stamp == seq.get();
  }

  // Writing

  void commit(int tag, Runnable change, Dice dice) {
    boolean marked = mistake.marks && mistake != Mistake.PENDING_AFTER_COMMIT;
    if (marked) {
      mark(tag, dice);
    }
    change.run();
    dice.linger();
    if (mistake == Mistake.PENDING_AFTER_COMMIT) {
      mark(tag, dice);
    }
    long at = drawn.incrementAndGet();
    dice.linger();
    if (mistake == Mistake.CLEAR_BEFORE_VERSIONS) {
      unmark(tag, dice);
    }
    if (mistake == Mistake.SEQ_BEFORE_VERSIONS) {
      seq.accumulateAndGet(at, Math::max);
      dice.stumble();
    }
    if (mistake == Mistake.SET_INSTEAD_OF_MAX) {
      versions.set(tag, at);
    } else {
      versions.accumulateAndGet(tag, at, Math::max);
    }
    dice.stumble();
    if (mistake == Mistake.CLEAR_BEFORE_SEQ) {
      unmark(tag, dice);
    }
    seq.accumulateAndGet(at, Math::max);
    dice.stumble();
    if (mistake.marks
        && mistake != Mistake.CLEAR_BEFORE_VERSIONS
        && mistake != Mistake.CLEAR_BEFORE_SEQ) {
      unmark(tag, dice);
    }
  }

  /** A write that did not happen. */
  void rollBack(int tag, Dice dice) {
    mark(tag, dice);
    unmark(tag, dice);
  }

  /** A write that happened, as far as anybody knows. */
  void fail(int tag, Runnable change, Dice dice) {
    if (mistake == Mistake.FAILED_IS_NOT_WRITTEN) {
      mark(tag, dice);
      change.run();
      dice.linger();
      unmark(tag, dice);
    } else {
      commit(tag, change, dice);
    }
  }

  private void mark(int tag, Dice dice) {
    writing.incrementAndGet();
    dice.stumble();
    marks.incrementAndGet(tag);
    dice.stumble();
  }

  private void unmark(int tag, Dice dice) {
    marks.decrementAndGet(tag);
    dice.stumble();
    writing.decrementAndGet();
    dice.stumble();
  }

  // Bans

  void ban(int family, Dice dice) {
    int mark = mistake == Mistake.UNMARKED_BAN ? 0 : 1;
    writing.incrementAndGet();
    banning.addAndGet(mark);
    dice.stumble();
    long at = drawn.incrementAndGet();
    dice.stumble();
    bans.updateAndGet(
        live -> {
          List<FamilyBan> more = new ArrayList<>(live);
          more.add(new FamilyBan(at, family));
          return List.copyOf(more);
        });
    dice.stumble();
    seq.accumulateAndGet(at, Math::max);
    dice.stumble();
    banning.addAndGet(-mark);
    writing.decrementAndGet();
  }

  int bans() {
    return bans.get().size();
  }

  /** Sweeps what the bans hit, and forgets them. */
  void sweep(Runnable sweeping, Dice dice) {
    long upTo = bans.get().stream().mapToLong(FamilyBan::seq).max().orElse(0);
    if (mistake == Mistake.BAN_DROPPED_BEFORE_SWEEP) {
      dropBans(upTo);
    }
    dice.stumble();
    sweeping.run();
    dice.stumble();
    sweptTo.accumulateAndGet(upTo, Math::max);
    dice.stumble();
    dropBans(upTo);
  }

  private void dropBans(long upTo) {
    bans.updateAndGet(live -> live.stream().filter(ban -> ban.seq > upTo).toList());
  }
}
