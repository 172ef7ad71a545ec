package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Tag;
import dev.tiercel.web.Bench.Reply;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens after a request has looked for a response and before its handler is asked. */
class MeanwhileTest {
  private static final String CHANGED = "Sun, 01 Mar 2026 12:00:00 GMT";

  /* The cache asks for the time when it has looked. */
  private final AtomicReference<Runnable> next = new AtomicReference<>(() -> {});
  private final AtomicInteger version = new AtomicInteger(1);
  private final Bench bench = new Bench(builder -> builder.clock(this::now), this::answer);

  @AfterEach
  void close() {
    bench.close();
  }

  private Instant now() {
    next.getAndSet(() -> {}).run();
    return bench.clock.instant();
  }

  /** Changes more often than its date can tell. */
  private void answer(App.Asked asked, App.Answer answer) throws Exception {
    answer.field("Last-Modified", CHANGED).field("Cache-Tag", "a");
    answer.field("Cache-Control", "max-age=10, stale-while-revalidate=10");
    if (asked.field("If-Modified-Since").equals(CHANGED)) {
      answer.status(304).length(0).body().close();
    } else {
      answer.text("v" + version.get());
    }
  }

  private void write() {
    version.incrementAndGet();
    bench.cache.invalidate(Tag.of("a"));
  }

  @Test
  void aWriteIsNotUndoneByAHandlerThatSeesNoChange() throws Exception {
    bench.get("/");
    bench.pass(30);
    next.set(this::write);
    assertEquals("v2", bench.get("/").text());
    Reply hit = bench.get("/");
    assertTrue(hit.isHit());
    assertEquals("v2", hit.text());
  }

  @Test
  void norIsItWhereTheClientHadItsAnswerBefore() throws Exception {
    bench.get("/");
    bench.pass(15);
    bench.client = this::write; // It still gets what was current when it came.
    assertEquals("v1", bench.get("/").text());
    bench.client = () -> {};
    Reply hit = bench.get("/");
    assertTrue(hit.isHit());
    assertEquals("v2", hit.text());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 30})
  void whatAnotherRequestBroughtIsNotAskedForAgain(int age) throws Exception {
    if (age > 0) {
      bench.get("/");
      bench.pass(age);
    }
    int before = bench.asked.get();
    next.set(this::other);
    assertTrue(bench.get("/").isHit());
    assertEquals(before + 1, bench.asked.get());
  }

  private void other() {
    try {
      bench.get("/");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
