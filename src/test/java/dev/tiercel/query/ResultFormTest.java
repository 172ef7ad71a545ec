package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Codec;
import dev.tiercel.cache.SmileCodec;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.task.ManualClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Publisher;

/** Which results can be cached, and for how long. */
@SuppressWarnings({"FutureReturnValueIgnored", "rawtypes"})
class ResultFormTest {
  interface Flux extends Publisher<String> {}

  abstract static class Base implements Flux {}

  abstract static class Mono extends Base {}

  static final class Own extends CompletableFuture<String> {}

  @Test
  void whatComesLaterIsCachedOnlyIfAnyFutureCanStandForIt() {
    for (Class<?> type : List.of(CompletionStage.class, CompletableFuture.class)) {
      assertTrue(ResultForm.isStage(type));
      assertFalse(ResultForm.isUnobservable(type));
    }
    for (Class<?> type :
        List.of(
            Future.class,
            Own.class,
            Flow.Publisher.class,
            Publisher.class,
            Flux.class,
            Base.class,
            Mono.class)) {
      assertFalse(ResultForm.isStage(type), type::getName);
      assertTrue(ResultForm.isUnobservable(type), type::getName);
    }
    for (Class<?> type : List.of(String.class, List.class, int.class, Object.class)) {
      assertFalse(ResultForm.isStage(type), type::getName);
      assertFalse(ResultForm.isUnobservable(type), type::getName);
    }
  }

  /** Answers with the number of the call. */
  public interface Counter {
    int next();

    long nextLong();

    CompletionStage<String> later();

    CompletionStage raw();
  }

  private static final class Counting implements Counter {
    private int calls;

    @Override
    public int next() {
      return ++calls;
    }

    @Override
    public long nextLong() {
      return ++calls;
    }

    @Override
    public CompletionStage<String> later() {
      return CompletableFuture.completedFuture("call " + ++calls);
    }

    @Override
    public CompletionStage<?> raw() {
      return CompletableFuture.completedFuture(++calls);
    }
  }

  private final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));

  private TieredCache cache(Duration ttl) {
    return TieredCache.builder().onlyWriter().ttl(ttl).clock(clock).executor(Runnable::run).build();
  }

  private static CachingBuilder<Counter> rest(CachingBuilder<Counter> builder) {
    return builder
        .passesThrough(Counter::nextLong)
        .passesThrough(Counter::later)
        .passesThrough(Counter::raw);
  }

  @Test
  void theTimeOfTheMethodComesBeforeThatOfTheCache() {
    try (TieredCache cache = cache(Duration.ofMinutes(10))) {
      Counter counter =
          rest(Caching.of(Counter.class, new Counting()).with(cache))
              .cached(Counter::next, c -> c.tag("x").ttl(Duration.ofMinutes(1)))
              .build();
      assertEquals(1, counter.next());
      clock.advance(Duration.ofSeconds(59));
      assertEquals(1, counter.next());
      clock.advance(Duration.ofSeconds(1));
      assertEquals(2, counter.next());
    }
  }

  @Test
  void unlessTheMethodHasOneThatOfTheCacheCounts() {
    try (TieredCache cache = cache(Duration.ofMinutes(1))) {
      Counter counter =
          rest(Caching.of(Counter.class, new Counting()).with(cache))
              .cached(Counter::next, c -> c.tag("x"))
              .build();
      assertEquals(1, counter.next());
      clock.advance(Duration.ofSeconds(59));
      assertEquals(1, counter.next());
      clock.advance(Duration.ofSeconds(1));
      assertEquals(2, counter.next());
    }
  }

  @Test
  void whatAStageWithoutATypeCompletesWithIsCached() {
    try (TieredCache cache = cache(Duration.ofMinutes(1))) {
      Counter counter =
          Caching.of(Counter.class, new Counting())
              .with(cache)
              .passesThrough(Counter::next)
              .cached(Counter::nextLong, c -> c.tag("x"))
              .passesThrough(Counter::later)
              .cached(Counter::raw, c -> c.tag("x"))
              .build();
      assertEquals(1, counter.raw().toCompletableFuture().join());
      assertEquals(1, counter.raw().toCompletableFuture().join());
      assertEquals(2, counter.nextLong());
      assertEquals(2, counter.nextLong());
    }
  }

  /** Knows the types that it was asked for. */
  private static final class Asked implements Codec {
    private final Codec smile = SmileCodec.create();
    private final Set<String> types = new ConcurrentSkipListSet<>();

    @Override
    public String id() {
      return smile.id();
    }

    @Override
    public long fingerprint(TypeRef<?> type) {
      types.add(type.toString());
      return smile.fingerprint(type);
    }

    @Override
    public byte[] encode(Object value, TypeRef<?> type) throws IOException {
      types.add(type.toString());
      return smile.encode(value, type);
    }

    @Override
    public Object decode(byte[] bytes, int offset, int length, TypeRef<?> type) throws IOException {
      types.add(type.toString());
      return smile.decode(bytes, offset, length, type);
    }
  }

  @Test
  void aCodecIsHandedTheClassOfWhatIsPrimitive(@TempDir Path folder) throws Exception {
    Asked codec = new Asked();
    try (TieredCache cache =
        TieredCache.builder()
            .onlyWriter()
            .executor(Runnable::run)
            .codec(codec)
            .sqliteTier(folder.resolve("cache.db"), 10 << 20)
            .build()) {
      Counter counter =
          Caching.of(Counter.class, new Counting())
              .with(cache)
              .cached(Counter::next, c -> c.tag("x"))
              .cached(Counter::nextLong, c -> c.tag("x"))
              .passesThrough(Counter::later)
              .passesThrough(Counter::raw)
              .build();
      assertEquals(1, counter.next());
      assertEquals(2, counter.nextLong());
      assertTrue(cache.flush(Duration.ofSeconds(30)));
    }
    assertEquals(Set.of("java.lang.Integer", "java.lang.Long"), codec.types);
  }

  @Test
  void aStageIsNotCopied() {
    try (TieredCache cache = cache(Duration.ofMinutes(1))) {
      CachingBuilder<Counter> builder =
          Caching.of(Counter.class, new Counting())
              .with(cache)
              .passesThrough(Counter::next)
              .passesThrough(Counter::nextLong)
              .passesThrough(Counter::raw)
              .cached(Counter::later, c -> c.tag("x").copyOnRead(stage -> stage));
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, builder::build);
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains("Counter.later()"), message);
      assertTrue(message.contains("would copy the stage and not its value"), message);
    }
  }
}
