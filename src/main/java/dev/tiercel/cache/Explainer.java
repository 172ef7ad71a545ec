package dev.tiercel.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers why keys were missed, and says what is known of one. Thread-safe. */
final class Explainer {
  private static final String UNDER_WAY = "a write to what it shows is under way";

  private final Versions versions;
  private final MemoryTier memory;
  private final @Nullable LowerTiers lower;
  private final CoarseClock clock;
  private final Misses misses = new Misses();

  Explainer(Versions versions, MemoryTier memory, @Nullable LowerTiers lower, CoarseClock clock) {
    this.versions = versions;
    this.memory = memory;
    this.lower = lower;
    this.clock = clock;
  }

  void missed(Object key, Miss.Reason reason, @Nullable Entry found) {
    misses.note(
        key, reason, reason == Miss.Reason.STALE && found != null ? culprit(key, found) : "");
  }

  /**
   * What is known of a key. A text that is no key itself stands for the key that has it, or else
   * for the first whose text begins with it and a colon.
   */
  Optional<Explanation> explain(Object key) {
    return known(key instanceof String text ? meant(text) : key);
  }

  private Object meant(String text) {
    LowerTiers below = lower;
    if (memory.peek(text) != null
        || misses.of(text).isPresent()
        || (below != null && !below.holding(text).isEmpty())) {
      return text;
    }
    String prefix = text + ":";
    return Stream.concat(memory.keys().stream(), misses.keys())
        .filter(key -> Keys.text(key).equals(text) || Keys.text(key).startsWith(prefix))
        .min(Comparator.comparing(Keys::text)) // The shortest, if it is there: the text itself.
        .orElse(text);
  }

  private Optional<Explanation> known(Object key) {
    Optional<String> miss = misses.of(key).map(Miss::toString);
    LowerTiers below = lower;
    List<LowerTiers.Stored> stored = below == null ? List.of() : below.holding(key);
    Entry entry = memory.peek(key);
    if (entry != null) {
      return Optional.of(explanation(key, entry, stored, miss));
    }
    return below == null || stored.isEmpty()
        ? miss.map(why -> Explanation.notCached(Keys.text(key), why))
        : Optional.of(explanation(key, below, stored, miss));
  }

  private Explanation explanation(
      Object key, LowerTiers below, List<LowerTiers.Stored> stored, Optional<String> miss) {
    LowerTiers.Stored first =
        stored.stream().filter(each -> each.verdict() >= 0).findFirst().orElse(stored.get(0));
    boolean current = first.verdict() >= 0;
    StoredEntry entry = first.entry();
    return new Explanation(
        Keys.text(key),
        stored.stream().map(LowerTiers.Stored::tier).toList(),
        current,
        current ? Optional.empty() : Optional.of(why(first, key, below)),
        Math.max(entry.stamp(), first.verdict()),
        age(first.madeAt()),
        Optional.empty(),
        miss);
  }

  private static String why(LowerTiers.Stored stored, Object key, LowerTiers below) {
    return stored.verdict() == Versions.PENDING ? UNDER_WAY : below.culprit(key, stored.entry());
  }

  private Duration age(long madeAt) {
    return Duration.ofMillis(Math.max(0, clock.millis() - madeAt));
  }

  private Explanation explanation(
      Object key, Entry entry, List<LowerTiers.Stored> stored, Optional<String> miss) {
    List<String> tiers = new ArrayList<>();
    tiers.add(Levels.MEMORY);
    stored.forEach(each -> tiers.add(each.tier()));
    long verdict = versions.validate(entry.stamp(), entry.tags, key, memory.sweptTo());
    Optional<String> why =
        verdict >= 0
            ? Optional.empty()
            : Optional.of(verdict == Versions.PENDING ? UNDER_WAY : culprit(key, entry));
    return new Explanation(
        Keys.text(key),
        List.copyOf(tiers),
        verdict >= 0,
        why,
        Math.max(entry.stamp(), verdict),
        age(entry.madeAt()),
        entry.readAt() == Entry.NEVER ? Optional.empty() : Optional.of(age(entry.readAt())),
        miss);
  }

  private String culprit(Object key, Entry entry) {
    return versions.culprit(entry.stamp(), entry.tags, key);
  }
}
