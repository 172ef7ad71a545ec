package dev.tiercel.cache;

import dev.tiercel.cache.OracleEntry.Family;
import dev.tiercel.cache.OracleEntry.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TieredCache} in front of data that a subclass keeps, used in every way that there is at
 * once. Beside them stand data of which the ledger knows nothing: they are changed, then the cache
 * is told, each family in its own way.
 */
abstract class TieredSubject implements FreshnessOracle.Subject {
  private static final CachePolicy SHORT =
      CachePolicy.DEFAULT
          .ttl(Duration.ofMillis(30))
          .jitter(0.5)
          .eager(1)
          .failSafe(Duration.ofSeconds(5))
          .softTimeout(Duration.ofMillis(10))
          .hardTimeout(Duration.ofSeconds(60))
          .failures(Duration.ofMillis(10));

  private final Ledger ledger;
  private final TieredCache cache;
  private final TypedCache<Long> single;
  private final TypedCache<List<Long>> several;
  private final TypedCache<List<Long>> brief;

  /* Another cache on the same ledger, in which there is not room for all. */
  private final TieredCache small;
  private final TypedCache<Long> smallSingle;
  private final AtomicLongArray foreign = new AtomicLongArray(OracleEntry.DATA);
  private final List<OracleEntry> entries = OracleEntry.all();
  private final OracleEntry[] singles = new OracleEntry[OracleEntry.DATA];
  private final List<int[]> writes = OracleEntry.writes();

  /**
   * A subject.
   *
   * @param room how many entries the first of its caches has room for
   * @param tiers adds tiers below memory
   */
  TieredSubject(Ledger ledger, int room, UnaryOperator<TieredCacheBuilder> tiers) {
    this.ledger = ledger;
    cache = tiers.apply(cache(ledger, room)).build();
    single = cache.typed(Long.class);
    several = cache.typed(new TypeRef<List<Long>>() {});
    brief = several.policy(SHORT);
    small = tiers.apply(cache(ledger, Math.min(60, room))).build();
    smallSingle = small.typed(Long.class);
    for (OracleEntry entry : entries) {
      if (entry.shown().length == 1) {
        singles[entry.shown()[0]] = entry;
      }
    }
  }

  private static TieredCacheBuilder cache(Ledger ledger, int entries) {
    return TieredCache.builder().ledger(ledger).entries(entries).onlyWriter();
  }

  /** Reads data that the ledger knows; the newest. */
  abstract List<Long> load(int[] data) throws Exception;

  /** Writes data through the ledger; false if they were not written, or not for sure. */
  abstract boolean change(int[] data, long[] numbers, Dice dice);

  @Override
  public List<int[]> entries() {
    return entries.stream().map(OracleEntry::shown).toList();
  }

  @Override
  public List<int[]> writes() {
    return writes;
  }

  @Override
  public boolean inOrder(int datum) {
    return datum < OracleEntry.TAGGED;
  }

  @Override
  public void close() {
    small.close();
    cache.close();
  }

  /** How many look-ups no loader was asked for. */
  long hits() {
    return cache.stats().hits() + cache.tierStats().stream().mapToLong(TierStats::hits).sum();
  }

  List<TierStats> tierStats() {
    return cache.tierStats();
  }

  @Override
  public String toString() {
    return cache.stats() + ", " + cache.tierStats();
  }

  // Reading

  @Override
  public boolean read(int id, long[] numbers, Dice dice) {
    boolean calm = (ledger.seq() >>> 9 & 3) == 0;
    if (dice.oneIn(calm ? 2048 : 64)) {
      disturb(dice);
    }
    OracleEntry entry = entries.get(id);
    int thrown = dice.below(1024);
    if (entry.shown().length == 1) {
      Long number = single(entry, thrown, dice);
      if (number == null) {
        return false;
      }
      numbers[0] = number;
      return true;
    }
    List<Long> found = several(entry, thrown, dice);
    if (found == null) {
      return false;
    }
    for (int i = 0; i < numbers.length && i < entry.shown().length; i++) {
      numbers[i] = found.get(i);
    }
    return true;
  }

  private @Nullable Long single(OracleEntry entry, int thrown, Dice dice) {
    Object key = entry.key();
    if (thrown < 4) {
      return put(entry, dice);
    }
    if (thrown < 8) {
      return single
          .refresh(key, entry.tags(), () -> now(entry, null).get(0))
          .toCompletableFuture()
          .join();
    }
    if (thrown < 24) {
      return single.getIfPresent(key).orElse(null);
    }
    TypedCache<Long> view = thrown < 128 ? smallSingle : single;
    return view.get(key, entry.tags(), () -> now(entry, dice).get(0));
  }

  /** A value that is computed elsewhere; it is as new as the moment before it was computed. */
  private Long put(OracleEntry entry, Dice dice) {
    Stamp stamp = cache.stamp();
    dice.stumble();
    Long number;
    try {
      number = now(entry, dice).get(0);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    dice.stumble();
    single.put(entry.key(), number, entry.tags(), stamp);
    return number;
  }

  private @Nullable List<Long> several(OracleEntry entry, int thrown, Dice dice) {
    switch (entry.kind()) {
      case LIST -> {
        try {
          return brief.get(
              entry.key(),
              entry.tags(),
              () -> {
                if (thrown < 64) {
                  throw new IllegalStateException("the data cannot be had");
                }
                return now(entry, null);
              });
        } catch (IllegalStateException | CacheLoadException e) {
          return null; // As told, when nothing current is left.
        }
      }
      case PAGE -> {
        return thrown < 8
            ? members(entry, dice)
            : several.get(entry.key(), Tags.of(), () -> members(entry, dice));
      }
      default -> {
        if (thrown < 8) {
          Optional<List<Long>> found = several.getIfPresent(entry.key());
          return found.orElse(null);
        }
        return several.get(entry.key(), entry.tags(), () -> now(entry, dice));
      }
    }
  }

  /** What is put together of other entries; some are loaded together, some one by one. */
  private List<Long> members(OracleEntry page, Dice dice) {
    Map<Object, OracleEntry> members = new LinkedHashMap<>();
    for (int datum : page.shown()) {
      OracleEntry member = singles[datum];
      members.put(member.key(), member);
    }
    if (dice.oneIn(4)) {
      Map<Object, Long> found =
          single.getAll(
              members.keySet(),
              key -> members.get(key).tags(),
              missing -> {
                Map<Object, Long> loaded = new LinkedHashMap<>();
                for (Object key : missing) {
                  loaded.put(key, now(members.get(key), dice).get(0));
                }
                return loaded;
              });
      return List.copyOf(found.values());
    }
    List<Long> found = new ArrayList<>();
    for (OracleEntry member : members.values()) {
      found.add(single.get(member.key(), member.tags(), () -> now(member, dice).get(0)));
    }
    return found;
  }

  /** The numbers as they are; on another thread the dice stay where they are. */
  private List<Long> now(OracleEntry entry, @Nullable Dice dice) throws Exception {
    if (dice != null) {
      dice.stumble();
    }
    List<Long> numbers = entry.family() == null ? load(entry.shown()) : foreign(entry.shown());
    if (dice != null) {
      dice.stumble();
    }
    return numbers;
  }

  private List<Long> foreign(int[] data) {
    List<Long> numbers = new ArrayList<>(data.length);
    for (int datum : data) {
      numbers.add(foreign.get(datum));
    }
    return numbers;
  }

  /** What voids, marks and sweeps, and changes no number. */
  private void disturb(Dice dice) {
    OracleEntry some = entries.get(dice.below(OracleEntry.TAGGED / 16) * 16);
    switch (dice.below(18)) {
      case 0 -> cache.invalidateKey(some.key());
      case 1 -> cache.invalidatePattern("task:?" + dice.below(10));
      case 2 -> cache.invalidatePrefix("tasks:list:");
      case 3 -> cache.evictNow("*:" + dice.below(100) + "*");
      case 4, 5 -> {
        try {
          single.depend(some.key(), Tag.of("more", Integer.toString(dice.below(4))));
        } catch (IllegalArgumentException e) {
          // It is not cached now.
        }
      }
      case 6, 7, 8 -> {
        PendingWrite write = ledger.begin(some.tags());
        dice.stumble();
        write.rolledBack();
      }
      case 9 -> cache.invalidate(Tag.of("more", Integer.toString(dice.below(4))));
      case 10 -> {
        if (dice.oneIn(16)) {
          cache.invalidateAll();
        }
      }
      case 11 -> {
        small.bypass(true);
        dice.stumble();
        small.bypass(false);
      }
      default -> cache.invalidate(some.tags());
    }
  }

  // Writing

  @Override
  public boolean write(int write, long[] numbers, Dice dice) {
    int[] data = writes.get(write);
    if (data[0] < OracleEntry.TAGGED) {
      return change(data, numbers, dice);
    }
    Family family = OracleEntry.family(data[0]);
    if (family.way() == Way.MORE_TAGS) {
      try (PendingWrite pending = ledger.begin(Tag.of("result"))) {
        store(data, numbers);
        dice.stumble();
        pending.close(family.tag());
      }
      return true;
    }
    store(data, numbers);
    dice.stumble();
    tell(family, dice);
    return true;
  }

  private void store(int[] data, long[] numbers) {
    for (int i = 0; i < data.length; i++) {
      foreign.set(data[i], numbers[i]);
    }
  }

  private void tell(Family family, Dice dice) {
    switch (family.way()) {
      case TAG -> cache.invalidate(family.tag());
      case SEGMENTS -> cache.invalidatePrefix(family.prefix());
      case PREFIX -> cache.invalidatePrefix(family.prefix() + "k");
      case PATTERN -> cache.invalidatePattern("a[e-s]ide:*" + family.number() + ":k*");
      case EVICTED -> cache.evictNow(family.prefix() + "*");
      case KEYS -> {
        for (OracleEntry entry : entries) {
          if (family.equals(entry.family()) && Keys.text(entry.key()).startsWith(family.prefix())) {
            cache.invalidateKey(entry.key());
          }
        }
      }
      case EVERYTHING -> {
        if (dice.oneIn(8)) {
          cache.invalidateAll();
        } else {
          cache.invalidatePattern(family.prefix() + "*");
        }
      }
      default -> throw new IllegalStateException(family.toString());
    }
  }
}
