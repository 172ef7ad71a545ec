package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.Bench.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long responses are used, and what clients have to say about it (RFC 9111 §4.2, RFC 5861). */
class AgeTest {
  private static final UnaryOperator<ResponseCacheBuilder> PLAIN = UnaryOperator.identity();

  @Test
  void aResponseIsUsedUntilItIsAsOldAsItMayBe() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60", "Age", "10")) {
      assertEquals("10", bench.get("/").field("Age"));
      bench.pass(49);
      Reply hit = bench.get("/");
      assertTrue(hit.isHit());
      assertEquals("59", hit.field("Age"));
      assertEquals("Tiercel; hit; ttl=1", hit.field("Cache-Status"));
      bench.pass(1);
      assertFalse(bench.get("/").isHit());
    }
  }

  @Test
  void aClockThatIsSetBackMakesNothingYounger() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60", "Age", "10")) {
      bench.get("/");
      bench.pass(-3_600);
      assertEquals("10", bench.get("/").field("Age"));
      bench.pass(3_600 + 50);
      assertFalse(bench.get("/").isHit());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-age=20 | true",
        "max-age=19 | false",
        "max-age=0 | false",
        "max-age=x | false",
        "no-cache | false",
        "min-fresh=40 | true",
        "min-fresh=41 | false",
        "max-stale | true",
        "only-if-cached | true",
        "nothing-to-see-here | true",
      })
  void whatAClientWantsOfAResponseOf20Seconds(String wish, boolean isHit) throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60")) {
      bench.get("/");
      bench.pass(20);
      assertEquals(isHit, bench.get("/", "Cache-Control", wish).isHit());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max-stale | true",
        "max-stale=10 | true",
        "max-stale=9 | false",
        "max-stale=x | false"
      })
  void whoTakesWhatIsStaleGetsItAsFarAsItIsKept(String wish, boolean isHit) throws Exception {
    String control = "max-age=60, stale-if-error=100";
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", control)) {
      bench.get("/");
      bench.pass(70);
      Reply reply = bench.get("/", "Cache-Control", wish);
      assertEquals(isHit, reply.isHit());
      assertEquals(isHit ? "70" : "", reply.field("Age"));
    }
  }

  @Test
  void anOldClientSaysItWithPragma() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60")) {
      bench.get("/");
      assertFalse(bench.get("/", "Pragma", "no-cache").isHit());
      assertTrue(bench.get("/", "Pragma", "no-cache", "Cache-Control", "max-age=9").isHit());
    }
  }

  @Test
  void clientsNeedNotBeHeeded() throws Exception {
    try (Bench bench =
        Bench.answering(
            ResponseCacheBuilder::ignoreClientDirectives, "Cache-Control", "max-age=60")) {
      bench.get("/");
      assertTrue(bench.get("/", "Cache-Control", "no-cache, no-store").isHit());
    }
  }

  @Test
  void whoWantsNothingButWhatIsKeptIsToldThatThereIsNothing() throws Exception {
    try (Bench bench = Bench.answering(PLAIN, "Cache-Control", "max-age=60")) {
      assertEquals(504, bench.get("/", "Cache-Control", "only-if-cached").status());
      assertEquals(0, bench.asked.get());
    }
  }

  @Test
  void staleWhileRevalidateAnswersFirstAndAsksThen() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) ->
            answer
                .field("Cache-Control", "max-age=10, stale-while-revalidate=10")
                .text(Integer.toString(number.incrementAndGet()));
    try (Bench bench = new Bench(PLAIN, app)) {
      assertEquals("1", bench.get("/").text());
      bench.pass(15);
      Reply stale = bench.get("/");
      assertEquals("1", stale.text());
      assertEquals("Tiercel; hit; ttl=-5", stale.field("Cache-Status"));
      assertEquals(2, bench.asked.get(), "asked when the client had its answer");
      assertEquals("2", bench.get("/").text());
      bench.pass(21);
      assertEquals("3", bench.get("/").text(), "too stale");
    }
  }

  @Test
  void aHandlerThatFailsAfterwardsHarmsNobody() throws Exception {
    AtomicInteger number = new AtomicInteger();
    App app =
        (asked, answer) -> {
          if (number.incrementAndGet() == 2) {
            throw new IOException("no disk");
          }
          answer.field("Cache-Control", "max-age=10, stale-while-revalidate=10").text("x");
        };
    try (Bench bench = new Bench(PLAIN, app)) {
      bench.get("/");
      bench.pass(15);
      assertTrue(bench.get("/").isHit());
      assertTrue(bench.get("/").isHit());
      assertEquals(3, bench.asked.get());
    }
  }

  /** First answers, then fails as it is told. */
  private static Bench failing(String control, int status) {
    AtomicInteger number = new AtomicInteger();
    return new Bench(
        PLAIN,
        (asked, answer) -> {
          if (number.incrementAndGet() == 1) {
            answer.field("Cache-Control", control).text("good");
          } else if (status == 0) {
            throw new IOException("no disk");
          } else {
            answer.status(status).text("bad");
          }
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 502, 503, 504})
  void staleIfErrorHidesThatTheHandlerFails(int status) throws Exception {
    try (Bench bench = failing("max-age=10, stale-if-error=10", status)) {
      bench.get("/");
      bench.pass(20);
      Reply reply = bench.get("/");
      assertEquals("good", reply.text());
      assertEquals("20", reply.field("Age"));
      assertTrue(reply.field("Cache-Status").contains("fwd=stale"));
      bench.pass(1);
      if (status == 0) {
        assertThrows(IOException.class, () -> bench.get("/"));
      } else {
        assertEquals(status, bench.get("/").status());
      }
    }
  }

  @Test
  void otherAnswersAreNoFailure() throws Exception {
    try (Bench bench = failing("max-age=10, stale-if-error=10", 404)) {
      bench.get("/");
      bench.pass(15);
      assertEquals(404, bench.get("/").status());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"must-revalidate", "proxy-revalidate", "s-maxage=10", "no-cache"})
  void whatMustBeValidatedIsNeverServedStale(String strict) throws Exception {
    String control = "max-age=10, stale-if-error=100, stale-while-revalidate=100, " + strict;
    try (Bench bench = failing(control, 0)) {
      bench.get("/");
      bench.pass(15);
      assertThrows(IOException.class, () -> bench.get("/", "Cache-Control", "max-stale"));
    }
  }

  @Test
  void theApplicationSetsWhatItsHandlersDoNotSay() throws Exception {
    try (Bench bench =
        Bench.answering(
            builder ->
                builder
                    .staleWhileRevalidate(Duration.ofSeconds(10))
                    .staleIfError(Duration.ofSeconds(10)),
            "Cache-Control",
            "max-age=10")) {
      bench.get("/");
      bench.pass(15);
      assertTrue(bench.get("/").isHit());
    }
  }
}
