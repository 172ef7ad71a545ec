package dev.tiercel.cache;

import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import dev.tiercel.tier.TierUse;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A tier below memory, as its cache uses it: its failures cost speed only. Thread-safe. */
final class LowerTier {
  private static final Logger LOG = LoggerFactory.getLogger(LowerTier.class);

  final LongAdder hits = new LongAdder();
  final LongAdder misses = new LongAdder();
  final LongAdder stale = new LongAdder();
  final LongAdder undecodable = new LongAdder();
  private final LongAdder written = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Spent reading = new Spent();
  private final Spent writing = new Spent();

  private final CacheTier tier;
  private final CircuitBreaker breaker;

  /** Bans up to it hit nothing in here. */
  private final AtomicLong sweptTo = new AtomicLong();

  /** Bans up to it were forgotten before this was there to be swept. */
  private final AtomicLong voidBelow = new AtomicLong();

  /** What the tier last said of itself, so that a count does not fall while it says nothing. */
  private volatile TierUse lastUse = new TierUse(0, 0, 0, 0, 0, 0);

  private final Object putting = new Object();

  /** What is older may be hit by a ban whose sweep has gone by already, and is not taken. */
  private long takenFrom = Long.MIN_VALUE; // Guarded by: putting

  private final long leastBytes;
  private final long mostBytes;

  LowerTier(CacheTier tier, TierPlan plan, CoarseClock clock) {
    this.tier = tier;
    this.leastBytes = plan.leastBytes();
    this.mostBytes = plan.mostBytes();
    this.breaker = new CircuitBreaker(tier.name(), clock);
  }

  String name() {
    return tier.name();
  }

  AtomicLong voidBelow() {
    return voidBelow;
  }

  AtomicLong sweptTo() {
    return sweptTo;
  }

  @Nullable TierRecord get(String key) {
    return breaker.<@Nullable TierRecord>call(
        () -> reading.<@Nullable TierRecord>of(() -> tier.get(key)), null);
  }

  /** Whether it failed, and has not been used again since. */
  boolean isOff() {
    return breaker.isOpen();
  }

  /** Whether a record is of a size that is kept here. */
  boolean takes(TierRecord record) {
    int bytes = record.bytes().length;
    return leastBytes <= bytes && bytes <= mostBytes;
  }

  /** Whether a sweep that ended since may have been for what is as old as a stamp. */
  boolean isSweptSince(long swept, long stamp) {
    long now = sweptTo.get();
    return now != swept && stamp < now;
  }

  /**
   * Writes records.
   *
   * @param elsewhere those that are kept in other tiers, and not here any more
   */
  void put(List<TierRecord> records, List<TierRecord> elsewhere) {
    synchronized (putting) {
      List<TierRecord> taken =
          records.stream().filter(record -> record.order() >= takenFrom).toList();
      boolean done = write(taken, elsewhere);
      (done ? written : dropped).add(taken.size());
      dropped.add(records.size() - taken.size());
    }
  }

  /** Writes what is no value. */
  void put(TierRecord record) {
    write(List.of(record), List.of());
  }

  private boolean write(List<TierRecord> records, List<TierRecord> elsewhere) {
    return breaker.call(
        () ->
            writing.of(
                () -> {
                  if (!elsewhere.isEmpty()) {
                    tier.remove(elsewhere);
                  }
                  if (!records.isEmpty()) {
                    tier.put(records);
                  }
                  return true;
                }),
        false);
  }

  /** Notes values that never came so far. */
  void dropped(int values) {
    dropped.add(values);
  }

  /**
   * Removes what a test picks; what is older than a ban and comes later is not taken.
   *
   * @return how many, or -1 if the tier failed half-way
   */
  long sweep(long order, Predicate<TierRecord> picked) {
    synchronized (putting) {
      takenFrom = Math.max(takenFrom, order);
    }
    return breaker.call(() -> tier.removeIf(picked), -1L);
  }

  /** Removes everything; false if the tier failed. */
  boolean clear() {
    return breaker.call(
        () -> {
          tier.clear();
          return true;
        },
        false);
  }

  long entries() {
    return use().entries();
  }

  /* Past the breaker: that it can be counted does not mean that it can be read and written. */
  private TierUse use() {
    try {
      TierUse use = tier.use();
      lastUse = use;
      return use;
    } catch (Exception | LinkageError | StackOverflowError e) {
      return lastUse;
    }
  }

  TierStats stats() {
    return new TierStats(
        tier.name(),
        hits.sum(),
        misses.sum(),
        stale.sum(),
        undecodable.sum(),
        written.sum(),
        dropped.sum(),
        breaker.failures(),
        use(),
        reading.calls(),
        reading.time(),
        writing.calls(),
        writing.time());
  }

  /** Closes the tier; what goes wrong there is no reason to leave another one open. */
  void close() {
    try {
      tier.close();
    } catch (RuntimeException e) {
      LOG.warn("the cache's tier {} was not closed properly", tier.name(), e);
    }
  }
}
