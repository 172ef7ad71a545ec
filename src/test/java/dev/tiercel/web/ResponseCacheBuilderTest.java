package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Settings that make no sense are refused where they are made. */
class ResponseCacheBuilderTest {
  @Test
  void badValuesAreNamed() {
    try (TieredCache cache = TieredCache.builder().onlyWriter().build()) {
      Duration negative = Duration.ofSeconds(-1);
      Duration long25 = Duration.ofDays(25);
      for (Consumer<ResponseCacheBuilder> setting :
          List.<Consumer<ResponseCacheBuilder>>of(
              b -> b.ttl(Duration.ofMillis(999)),
              b -> b.ttl(long25),
              b -> b.heuristic(0),
              b -> b.heuristic(1.1),
              b -> b.heuristic(Double.NaN),
              b -> b.staleIfError(negative),
              b -> b.staleWhileRevalidate(negative),
              b -> b.keepStale(long25),
              b -> b.patience(negative),
              b -> b.maxBody(0),
              b -> b.maxBody(Integer.MAX_VALUE),
              b -> b.name(""),
              b -> b.name("a:b"),
              b -> b.tagField("a b"),
              b -> b.targets("a\r\nb"),
              b -> b.keyFields(""))) {
        String message =
            assertThrows(
                    IllegalArgumentException.class, () -> setting.accept(ResponseCache.of(cache)))
                .getMessage();
        assertTrue(message.contains("must be"), message);
      }
    }
  }
}
