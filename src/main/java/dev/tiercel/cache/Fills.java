package dev.tiercel.cache;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts entries into the tiers of a cache, as far as they are current. Thread-safe. */
final class Fills {
  private static final Logger LOG = LoggerFactory.getLogger(Fills.class);

  private final TieredCache cache;
  private final Ledger ledger;
  private final MemoryTier memory;
  private final @Nullable LowerTiers lower;
  private final Counters counters;
  private final AtomicBoolean weigherWarned = new AtomicBoolean();

  Fills(TieredCache cache, MemoryTier memory, @Nullable LowerTiers lower, Counters counters) {
    this.cache = cache;
    this.ledger = cache.ledger();
    this.memory = memory;
    this.lower = lower;
    this.counters = counters;
  }

  /** Keeps a value in some tiers, if it is current; what the others have of its key goes. */
  boolean fill(Object key, Entry entry, Levels levels) {
    boolean filled =
        levels.fillsMemory()
            ? put(key, entry, old -> cache.isCurrent(key, entry))
            : leaveOut(key, entry);
    if (filled && lower != null) {
      removeText(key, entry);
      lower.filled(key, entry, levels);
    }
    return filled;
  }

  /* What was hot before a restart came back under the text of its key. */
  private void removeText(Object key, Entry newer) {
    if (key instanceof CacheKey structured) {
      memory.remove(structured.text(), () -> cache.isCurrent(key, newer));
    }
  }

  private boolean leaveOut(Object key, Entry entry) {
    if (cache.isBypassed() || ledger.isInsideTransaction() || !cache.isCurrent(key, entry)) {
      return false;
    }
    memory.remove(key, () -> cache.isCurrent(key, entry));
    return true;
  }

  /** What a tier below memory has of a key, if that is current; it is in memory then, too. */
  @Nullable Entry promoted(Object key, TypedCache<?> view) {
    Levels levels = view.levels();
    if (lower == null || levels.below() == 0 || cache.isBypassed()) {
      return null;
    }
    Entry hot = byText(key, view);
    if (hot != null) {
      return hot;
    }
    int idle = (int) view.policy().idle().toMillis();
    Entry found = lower.find(key, view.type(), idle, levels.below());
    if (found != null && levels.fillsMemory()) {
      put(key, found, old -> mayComeBack(key, found, old));
    }
    return found;
  }

  /* What was hot before a restart came back under the text of its key. */
  private @Nullable Entry byText(Object key, TypedCache<?> view) {
    if (!(key instanceof CacheKey structured) || !view.levels().fillsMemory()) {
      return null;
    }
    String text = structured.text();
    Entry entry = memory.peek(text);
    long now = cache.now();
    if (entry == null
        || entry.value == null
        || !entry.isOf(view.type())
        || !entry.isFresh(now)
        || entry.isIdle(now)
        || !put(key, entry, old -> mayComeBack(key, entry, old))) {
      return null;
    }
    memory.remove(text, entry);
    return entry;
  }

  /* Not over what was put there meanwhile, nor if it was given more tags while it is on its way. */
  private boolean mayComeBack(Object key, Entry entry, @Nullable Entry old) {
    return (old == null
            || old.failure() != null
            || old.isExpired(cache.now())
            || !cache.isCurrent(key, old))
        && (lower == null || !lower.isDisowned(key, entry))
        && cache.isCurrent(key, entry);
  }

  /** Keeps a failure, if it is current and nothing better is there. */
  void remember(Object key, Entry failure) {
    put(key, failure, old -> !isWorthKeeping(key, old) && cache.isCurrent(key, failure));
  }

  private boolean isWorthKeeping(Object key, @Nullable Entry old) {
    return old != null
        && old.failure() == null
        && !old.isOver(cache.now())
        && cache.validate(key, old) != Versions.STALE;
  }

  private boolean put(Object key, Entry entry, Predicate<@Nullable Entry> mayReplace) {
    try {
      boolean done =
          !cache.isBypassed()
              && !ledger.isInsideTransaction()
              && memory.put(key, entry, mayReplace);
      counters.puts.add(done ? 1 : 0);
      return done;
    } catch (RuntimeException e) {
      // It is no reason to lose the answer that something cannot be weighed.
      if (weigherWarned.compareAndSet(false, true)) {
        LOG.warn("not cached, because the weigher failed; later failures are not logged", e);
      }
      return false;
    }
  }

  /** Notes that there is no value any more, if that is current. */
  void forget(Object key, Entry absent) {
    if (!cache.isBypassed()) {
      memory.remove(key, () -> cache.isCurrent(key, absent));
      if (lower != null) {
        removeText(key, absent);
        lower.filled(key, absent, Levels.ALL);
      }
    }
  }

  /**
   * Gives an entry more tags, as of its load.
   *
   * @return false if it is no longer there
   */
  boolean depend(Object key, Entry entry, TagSet more, int idleMillis) {
    if (lower != null) {
      lower.disown(key); // What is stored, or on its way from there, lacks the tags.
    }
    boolean replaced = memory.replace(key, entry, entry.with(more, idleMillis, cache.now()));
    if (replaced) {
      cache.loads().disown(key); // Whoever comes now must not be handed what lacks the tags.
    }
    return replaced;
  }
}
