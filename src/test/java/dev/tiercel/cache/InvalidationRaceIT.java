package dev.tiercel.cache;

import static dev.tiercel.cache.Caches.OTHER;
import static dev.tiercel.cache.Caches.TAG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What marks nothing beforehand, a pattern or a tag that only the result told, must not be
 * overtaken by another write: a value that was found current in between would stay so for ever.
 */
class InvalidationRaceIT {
  private static final String KEY = "tasks:agent:a7";
  private static final int ROUNDS = 20_000;

  @SuppressWarnings("ImmutableEnumChecker") // What they do changes nothing of them.
  enum Way {
    PATTERN(cache -> cache.invalidatePattern("tasks*a7")),
    LATE_TAG(cache -> cache.ledger().begin(Tags.of()).close(TAG)),
    TAG_ITSELF(cache -> cache.invalidate(TAG)),
    SEGMENTS(cache -> cache.invalidatePrefix("tasks:")),
    EVERYTHING(TieredCache::invalidateAll);

    private final Consumer<TieredCache> act;

    Way(Consumer<TieredCache> act) {
      this.act = act;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noWriteOvertakesAnother(Way way) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    try (TieredCache cache = Caches.direct().build()) {
      TypedCache<String> texts = cache.typed(String.class);
      Reader<Boolean> writer = until(done, () -> cache.invalidate(OTHER));
      Reader<Boolean> reader = until(done, () -> texts.getIfPresent(KEY));
      try {
        for (int i = 0; i < ROUNDS; i++) {
          texts.put(KEY, "value " + i, TAG, cache.stamp());
          way.act.accept(cache);
          assertEquals(Optional.empty(), texts.getIfPresent(KEY));
        }
      } finally {
        done.set(true);
      }
      writer.get();
      reader.get();
    }
  }

  private static Reader<Boolean> until(AtomicBoolean done, Runnable act) {
    return Reader.start(
        () -> {
          while (!done.get()) {
            act.run();
          }
          return true;
        });
  }
}
