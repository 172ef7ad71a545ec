package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.web.DashboardPlace.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What may be done from the page, and by whom. */
class DashboardActionsTest {
  private final TieredCache cache = TieredCache.builder().entries(100).onlyWriter().build();
  private final TypedCache<String> boards = cache.typed(String.class);

  @AfterEach
  void close() {
    cache.close();
  }

  private DashboardPlace place(DashboardBuilder builder) throws IOException {
    boards.get("board:a", Tag.of("agent", "a7"), () -> "value");
    return DashboardPlace.withThreads(builder, "/d");
  }

  private DashboardBuilder shown() {
    return Dashboard.of(DashboardSource.cache("boards", cache));
  }

  private static String proof(DashboardPlace place) {
    Matcher meta =
        Pattern.compile("name=\"tiercel-page\" content=\"([^\"]+)\"")
            .matcher(place.get("/").body());
    assertTrue(meta.find());
    return "X-Tiercel-Page: " + meta.group(1);
  }

  private boolean isCached() {
    return boards.getIfPresent("board:a").isPresent();
  }

  @Test
  void itOnlyShowsUnlessActionsAreEnabled() throws IOException {
    try (DashboardPlace place = place(shown())) {
      Reply reply =
          place.ask(
              "POST",
              "/actions/invalidate",
              "kind=tag&what=agent%3Aa7",
              DashboardAccessTest.origin(place),
              proof(place));
      assertEquals(404, reply.status());
      assertTrue(isCached());
    }
  }

  @Test
  void thePageVoidsATagOrAPrefix() throws IOException {
    try (DashboardPlace place = place(shown().actions(true))) {
      String own = DashboardAccessTest.origin(place);
      Reply tag =
          place.ask("POST", "/actions/invalidate", "kind=tag&what=agent%3Aa7", own, proof(place));
      assertEquals(200, tag.status());
      assertTrue(tag.body().contains("agent:a7 is void"), tag.body());
      assertFalse(isCached());
      boards.get("board:a", Tag.of("agent", "a7"), () -> "value");
      Reply prefix =
          place.ask(
              "POST",
              "/actions/invalidate",
              "kind=prefix&what=board%3A&cache=boards",
              "Sec-Fetch-Site: same-origin",
              proof(place));
      assertEquals(200, prefix.status());
      assertFalse(isCached());
    }
  }

  @Test
  void whatIsNotMeantByThePageIsNotDone() throws IOException {
    try (DashboardPlace place = place(shown().actions(true));
        DashboardPlace other = place(shown().actions(true))) {
      String path = "/actions/invalidate";
      String body = "kind=tag&what=agent%3Aa7";
      String own = DashboardAccessTest.origin(place);
      String proof = proof(place);
      assertEquals(403, place.ask("POST", path, body, own).status());
      assertEquals(403, place.ask("POST", path, body, proof).status());
      assertEquals(403, place.ask("POST", path, body, own, proof(other)).status());
      assertEquals(
          403, place.ask("POST", path, body, "Origin: https://evil.example", proof).status());
      assertEquals(403, place.ask("POST", path, body, "Origin: null", proof).status());
      for (String site : new String[] {"cross-site", "same-site", "none"}) {
        String field = "Sec-Fetch-Site: " + site;
        assertEquals(403, place.ask("POST", path, body, own, field, proof).status(), site);
      }
      assertEquals(405, place.get(path, own, proof).status());
      assertEquals(405, place.ask("PUT", path, body, own, proof).status());
      assertTrue(isCached());
    }
  }

  @Test
  void aFormThatMakesNoSenseIsRefused() throws IOException {
    try (DashboardPlace place = place(shown().actions(true))) {
      String own = DashboardAccessTest.origin(place);
      String proof = proof(place);
      for (String body :
          new String[] {
            "",
            "kind=tag",
            "kind=tag&what=",
            "kind=all&what=x",
            "what=x",
            "%zz=1&kind=tag&what=x",
            "kind=tag&what=x&cache=other",
            "kind=prefix&what=board:&pad=" + "x".repeat(9_000)
          }) {
        assertEquals(
            400, place.ask("POST", "/actions/invalidate", body, own, proof).status(), body);
      }
      assertTrue(isCached());
    }
  }

  @Test
  void whatFailsIsSaid() throws IOException {
    Ledger closed = Ledger.durable(row -> List.of());
    try (TieredCache durable = TieredCache.builder().ledger(closed).entries(10).build();
        DashboardPlace place =
            place(Dashboard.of(DashboardSource.cache("durable", durable)).actions(true))) {
      Reply reply =
          place.ask(
              "POST",
              "/actions/invalidate",
              "kind=tag&what=x",
              DashboardAccessTest.origin(place),
              proof(place));
      assertEquals(500, reply.status());
      assertTrue(reply.body().contains("It failed: "), reply.body());
    }
  }

  @Test
  void warmingIsOneThingAtATime() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (CacheWarmer warmer =
            CacheWarmer.builder(cache)
                .query("slow", Duration.ofHours(1), () -> end.await(30, TimeUnit.SECONDS))
                .start();
        DashboardActions actions =
            new DashboardActions(
                List.of(DashboardSource.warmer("warm", warmer)), Duration.ofMillis(1))) {
      assertEquals(202, actions.act("warm", Map.of()).status(), "nobody waits for ever");
      assertEquals(409, actions.act("warm", Map.of()).status());
      end.countDown();
      DashboardActions.Outcome last = actions.act("warm", Map.of());
      while (last.status() != 200) {
        last = actions.act("warm", Map.of());
      }
      assertEquals("Warmed 1, failed 0, left 0.", last.message());
    }
  }
}
