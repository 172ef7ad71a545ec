package dev.tiercel.cache;

import dev.tiercel.cache.Entry.Lifetime;
import dev.tiercel.tier.CacheTier;
import dev.tiercel.tier.TierRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tiers below memory, in the order in which they are asked. What is found there is held against
 * the rule of every look-up, and keeps its stamp and its times. Thread-safe.
 */
final class LowerTiers implements AutoCloseable {
  private final List<LowerTier> tiers;
  private final StoredForm form;
  private final Ledger ledger;
  private final CoarseClock clock;
  private final WriteBehind<Filled> writes;
  private final HotList hot;

  private volatile boolean retired;

  private record Filled(Object key, Entry entry, Levels levels) {}

  private record Encoded(TierRecord record, Levels levels) {}

  private LowerTiers(
      List<LowerTier> tiers, StoredForm form, Ledger ledger, HotList hot, CoarseClock clock) {
    this.tiers = tiers;
    this.form = form;
    this.ledger = ledger;
    this.hot = hot;
    this.clock = clock;
    this.writes = new WriteBehind<>("tiercel-cache-writer", this::write, hot::tick);
  }

  /** Takes the tiers into use: whatever may not be current in them is found out by its stamp. */
  static LowerTiers open(
      List<TierPlan> plans,
      Codec codec,
      Ledger ledger,
      MemoryTier memory,
      CoarseClock clock,
      Sweeps sweeps) {
    List<LowerTier> tiers = opened(plans, clock);
    LowerTiers opened = null;
    try {
      if (!ledger.isDurable()) {
        tiers.forEach(LowerTier::clear);
      }
      HotList hot = new HotList(memory, tiers.get(0), clock);
      StoredForm form = new StoredForm(codec, ledger, clock);
      opened = new LowerTiers(tiers, form, ledger, hot, clock);
      opened.register(sweeps);
      return opened;
    } catch (Throwable e) { // For want of a thread or of memory.
      if (opened == null) {
        tiers.forEach(LowerTier::close);
      } else {
        opened.close();
      }
      throw e;
    }
  }

  private void register(Sweeps sweeps) {
    for (LowerTier tier : tiers) {
      sweeps.add(tier.sweptTo(), (upTo, counted) -> sweep(tier, upTo, counted));
      tier.voidBelow().set(ledger.versions.forgottenTo());
    }
  }

  private static List<LowerTier> opened(List<TierPlan> plans, CoarseClock clock) {
    Map<String, LowerTier> opened = new LinkedHashMap<>();
    try {
      for (TierPlan plan : plans) {
        CacheTier tier = plan.opener().get();
        LowerTier former = opened.put(tier.name(), new LowerTier(tier, plan, clock));
        if (former != null || tier.name().equals(Levels.MEMORY)) {
          if (former != null) {
            former.close();
          }
          throw new IllegalStateException(
              "two tiers are called " + tier.name() + "; give each its own name");
        }
      }
      return List.copyOf(opened.values());
    } catch (Throwable e) {
      opened.values().forEach(LowerTier::close);
      throw e;
    }
  }

  /** Whether one of them failed and is left out. */
  boolean isPartlyOff() {
    return tiers.stream().anyMatch(LowerTier::isOff);
  }

  /**
   * Looks a key up.
   *
   * @param idleMillis for how long it is to stay in memory unread, or 0
   * @param most how many tiers are asked
   * @return a current value as an entry, or null
   */
  @Nullable Entry find(Object key, TypeRef<?> type, int idleMillis, int most) {
    if (!form.isStorable(type)) {
      return null;
    }
    String text = Keys.text(key);
    for (LowerTier tier : most < tiers.size() ? tiers.subList(0, most) : tiers) {
      Entry found = find(tier, key, text, type, idleMillis);
      if (found != null) {
        tier.hits.increment();
        return found;
      }
      tier.misses.increment();
    }
    return null;
  }

  private @Nullable Entry find(
      LowerTier tier, Object key, String text, TypeRef<?> type, int idleMillis) {
    long swept = tier.sweptTo().get(); // Before it is read: what a sweep removes then is void.
    TierRecord record = tier.get(text);
    if (record == null) {
      return null;
    }
    StoredEntry stored = form.decode(record, type);
    if (stored == null) {
      tier.undecodable.increment();
      return null;
    }
    Lifetime lifetime = form.lifetime(stored);
    if (form.isExpired(lifetime)) {
      return null;
    }
    long verdict = verdict(tier, key, stored);
    if (verdict >= 0 && (retired || tier.isSweptSince(swept, stored.stamp()))) {
      return null; // Perhaps hit by a ban that is forgotten by now.
    }
    if (verdict < 0) {
      tier.stale.add(verdict == Versions.STALE ? 1 : 0);
      return null;
    }
    Object value = form.value(stored, type);
    if (value == null) {
      tier.undecodable.increment();
      return null;
    }
    Entry entry =
        Entry.of(
            value, type, stored.tags(), stored.stamp(), lifetime.idle(idleMillis), clock.millis());
    entry.revalidated(verdict);
    return entry;
  }

  /* What was swept does not count: a ban is in force until nothing is left in a tier that it hits. */
  private long verdict(LowerTier tier, Object key, StoredEntry stored) {
    if (!ledger.isKnown(stored.session(), stored.stamp())) {
      return Versions.STALE;
    }
    long disowned = disowned(key, stored.stamp());
    return disowned < 0
        ? disowned
        : ledger.versions.validate(stored.stamp(), stored.tags(), key, tier.voidBelow());
  }

  /** Voids what is stored under a key and what is on its way there, for good. */
  void disown(Object key) {
    ledger.raise(Raise.stored(key));
  }

  /** Whether an entry that was found in a tier may have been disowned meanwhile. */
  boolean isDisowned(Object key, Entry found) {
    return disowned(key, found.loadStamp) < 0;
  }

  private long disowned(Object key, long stamp) {
    return ledger.versions.verdict(TagHash.ofStored(Keys.text(key).hashCode()), stamp);
  }

  /** Has a value written that was just cached. */
  void filled(Object key, Entry entry, Levels levels) {
    if (form.isStorable(entry.type()) && !writes.offer(new Filled(key, entry, levels))) {
      tiers.forEach(tier -> tier.dropped(1));
    }
  }

  private void write(List<Filled> batch) {
    List<Encoded> records = new ArrayList<>(batch.size());
    for (Filled filled : latest(batch)) {
      TierRecord record = form.encode(filled.key(), filled.entry());
      if (record == null) {
        tiers.forEach(tier -> tier.undecodable.increment());
      } else {
        records.add(new Encoded(record, filled.levels()));
      }
    }
    for (int level = 1; level <= tiers.size(); level++) {
      LowerTier tier = tiers.get(level - 1);
      List<TierRecord> kept = new ArrayList<>(records.size());
      List<TierRecord> elsewhere = new ArrayList<>();
      for (Encoded each : records) {
        boolean here =
            StoredForm.isValue(each.record())
                && each.levels().fills(level)
                && tier.takes(each.record());
        (here ? kept : elsewhere).add(each.record());
      }
      if (!records.isEmpty()) {
        tier.put(kept, elsewhere);
      }
    }
  }

  /* So that what is kept in one tier is not what another one holds an older form of. */
  private static Iterable<Filled> latest(List<Filled> batch) {
    Map<String, Filled> latest = new LinkedHashMap<>();
    for (Filled filled : batch) {
      latest.merge(
          Keys.text(filled.key()),
          filled,
          (old, now) -> now.entry().loadStamp >= old.entry().loadStamp ? now : old);
    }
    return latest.values();
  }

  /** Removes what is void from a tier, after which bans up to a number can hit nothing there. */
  private long sweep(LowerTier tier, long upTo, Predicate<String> counted) {
    if (counted == Sweeps.ALL && ledger.versions.isVoid(upTo)) {
      return clear(tier, upTo);
    }
    long[] ofThese = {0};
    long removed =
        tier.sweep(
            form.order(upTo),
            record -> {
              StoredEntry stored = StoredEntry.decode(record.bytes());
              boolean isVoid =
                  stored == null
                      ? !record.key().equals(HotList.KEY)
                      : verdict(tier, record.key(), stored)
                          < 0; // One under way is not found again.
              ofThese[0] += isVoid && counted.test(record.key()) ? 1 : 0;
              return isVoid;
            });
    if (removed >= 0) {
      swept(tier, upTo);
    }
    return ofThese[0];
  }

  /* Faster than a look at every record, and the room is given back at once. */
  private long clear(LowerTier tier, long upTo) {
    long entries = tier.entries();
    if (!tier.clear()) {
      return 0;
    }
    swept(tier, upTo);
    return entries;
  }

  private void swept(LowerTier tier, long upTo) {
    tier.sweptTo().accumulateAndGet(upTo, Math::max);
    ledger.dropBans();
  }

  /**
   * The level of a tier.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  int level(String name) {
    for (int i = 0; i < tiers.size(); i++) {
      if (tiers.get(i).name().equals(name)) {
        return i + 1;
      }
    }
    throw Levels.none(name, tiers.stream().map(LowerTier::name).toList());
  }

  /** What a tier holds under a key, whether or not it may be served. */
  record Stored(String tier, StoredEntry entry, long madeAt, long verdict) {}

  /** What there is under a key, for those who wonder. */
  List<Stored> holding(Object key) {
    List<Stored> found = new ArrayList<>();
    for (LowerTier tier : tiers) {
      TierRecord record = tier.get(Keys.text(key));
      StoredEntry entry = record == null ? null : StoredEntry.decode(record.bytes());
      Lifetime lifetime = entry == null ? null : form.lifetime(entry);
      if (entry != null && lifetime != null && !form.isExpired(lifetime)) {
        found.add(new Stored(tier.name(), entry, lifetime.madeAt(), verdict(tier, key, entry)));
      }
    }
    return found;
  }

  /** Why what is stored is void. */
  String culprit(Object key, StoredEntry entry) {
    if (!ledger.isKnown(entry.session(), entry.stamp())) {
      return "it was loaded where the ledger cannot tell what was written since";
    }
    return disowned(key, entry.stamp()) < 0
        ? "it lacks tags that the value was given later"
        : ledger.versions.culprit(entry.stamp(), entry.tags(), key);
  }

  HotList hot() {
    return hot;
  }

  /** From here on nothing is found: bans no longer wait for these tiers. */
  void retire() {
    retired = true;
  }

  List<TierStats> stats() {
    return tiers.stream().map(LowerTier::stats).toList();
  }

  TierStats stats(int level) {
    return tiers.get(level).stats();
  }

  /** Waits until all that is cached so far is written; false if that takes longer. */
  boolean flush(long millis) throws InterruptedException {
    return writes.flush(millis);
  }

  @Override
  public void close() {
    writes.close();
    tiers.forEach(LowerTier::close);
  }
}
