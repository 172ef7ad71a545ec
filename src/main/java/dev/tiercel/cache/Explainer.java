package dev.tiercel.cache;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers why keys were missed, and says what is known of one. Thread-safe. */
final class Explainer {
  private final Versions versions;
  private final MemoryTier memory;
  private final CoarseClock clock;
  private final Misses misses = new Misses();

  Explainer(Versions versions, MemoryTier memory, CoarseClock clock) {
    this.versions = versions;
    this.memory = memory;
    this.clock = clock;
  }

  void missed(Object key, Miss.Reason reason, @Nullable Entry found) {
    misses.note(
        key, reason, reason == Miss.Reason.STALE && found != null ? culprit(key, found) : "");
  }

  Optional<Explanation> explain(Object key) {
    Optional<String> miss = misses.of(key).map(Miss::toString);
    Entry entry = memory.peek(key);
    if (entry != null) {
      return Optional.of(explanation(key, entry, miss));
    }
    return miss.map(
        why ->
            new Explanation(
                Keys.text(key),
                List.of(),
                false,
                Optional.empty(),
                0,
                Duration.ZERO,
                Optional.of(why)));
  }

  private Explanation explanation(Object key, Entry entry, Optional<String> miss) {
    long verdict = versions.validate(entry.stamp(), entry.tags, key, memory.sweptTo());
    Optional<String> why =
        verdict >= 0
            ? Optional.empty()
            : Optional.of(
                verdict == Versions.PENDING
                    ? "a write to what it shows is under way"
                    : culprit(key, entry));
    return new Explanation(
        Keys.text(key),
        List.of("memory"),
        verdict >= 0,
        why,
        Math.max(entry.stamp(), verdict),
        Duration.ofMillis(Math.max(0, clock.millis() - entry.madeAt())),
        miss);
  }

  private String culprit(Object key, Entry entry) {
    return versions.culprit(entry.stamp(), entry.tags, key);
  }
}
