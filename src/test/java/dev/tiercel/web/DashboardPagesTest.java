package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.DashboardPlace.Reply;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the dashboard answers, to whom it may concern. */
class DashboardPagesTest {
  private DashboardPlace place;

  @BeforeEach
  void open() throws IOException {
    place =
        new DashboardPlace(
            Dashboard.of(DashboardPlace.pool("lanes")).title("Tasks <&\"> of us"), "/admin/dash");
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void thePageIsThereAtAnyContextPath() {
    Reply page = place.get("/");
    assertEquals(200, page.status());
    assertEquals("text/html; charset=utf-8", page.field("Content-Type"));
    assertTrue(page.body().contains("<h1>Tasks &lt;&amp;&quot;&gt; of us</h1>"), page.body());
    assertFalse(page.body().contains("@"), "nothing is left to be filled in");
  }

  @Test
  void allThatThePageNamesIsThereAndItsAddressesAreRelative() {
    Matcher name = Pattern.compile("(?:src|href)=\"([^\"#]+)\"").matcher(place.get("/").body());
    int count = 0;
    while (name.find()) {
      count++;
      assertFalse(name.group(1).startsWith("/") || name.group(1).contains(":"), name.group(1));
      assertEquals(200, place.get("/" + name.group(1)).status(), name.group(1));
    }
    assertTrue(count >= 8, "there were only " + count);
  }

  @Test
  void thereIsNoScriptAndNoStyleInThePage() {
    for (String page : List.of(place.get("/").body(), place.get("/icon.svg").body())) {
      assertFalse(page.contains("<style") || page.contains(" style="), page);
      assertFalse(Pattern.compile("<script(?! src=)| on[a-z]+=").matcher(page).find(), page);
    }
  }

  @Test
  void everyAnswerIsGuarded() {
    for (Reply reply : List.of(place.get("/"), place.get("/nothing"), place.get("/figures"))) {
      String policy = reply.field("Content-Security-Policy");
      assertTrue(
          policy.startsWith(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src"
                  + " 'self'"),
          policy);
      assertEquals("nosniff", reply.field("X-Content-Type-Options"));
      assertEquals("DENY", reply.field("X-Frame-Options"));
      assertEquals("same-origin", reply.field("Cross-Origin-Resource-Policy"));
      assertEquals("", reply.field("Access-Control-Allow-Origin"));
    }
  }

  @Test
  void withoutTheSlashItSendsOn() {
    Reply reply = place.get("");
    assertEquals(308, reply.status());
    assertEquals("./dash/", reply.field("Location"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/../dash/dashboard.css",
        "/%2e%2e/dashboard.css",
        "/..%2fdashboard.css",
        "/dashboard%2ecss",
        "/./dashboard.css",
        "//dashboard.css",
        "/dashboard.css/",
        "/dashboard.css%00",
        "/dashboard.html",
        "/login.html",
        "/Dashboard.class",
        "/../../../META-INF/MANIFEST.MF",
        "/%2e%2e%2f%2e%2e%2fmodule-info.class",
        "board/",
        "/actions/invalidate",
        "/actions/warm"
      })
  void whatIsNotNamedIsNotThere(String path) {
    assertEquals(404, place.get(path).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"})
  void otherMethodsAreRefusedAndToldWhichAreNot(String method) {
    for (String path : List.of("/", "/events", "/figures", "/dashboard.css", "")) {
      Reply reply = place.ask(method, path, "");
      assertEquals(405, reply.status(), path);
      assertEquals("GET, HEAD", reply.field("Allow"), path);
    }
    assertEquals("POST", place.get("/login").field("Allow"));
  }

  @Test
  void aHeadIsTheSameWithoutTheBody() {
    for (String path : List.of("/", "/figures", "/dashboard.css")) {
      Reply got = place.get(path);
      Reply head = place.ask("HEAD", path, "");
      assertEquals(200, head.status());
      assertEquals("", head.body());
      assertEquals(got.field("Content-Type"), head.field("Content-Type"));
      assertEquals(got.field("Content-Length"), head.field("Content-Length"));
    }
    Reply events = place.ask("HEAD", "/events", "");
    assertEquals("text/event-stream", events.field("Content-Type"));
    assertEquals(0, place.handler.streams());
  }

  @Test
  void aFileThatIsKnownIsNotSentAgain() {
    String tag = place.get("/dashboard.js").field("ETag");
    Reply again = place.get("/dashboard.js", "If-None-Match: " + tag);
    assertEquals(304, again.status());
    assertEquals("", again.body());
    assertEquals(200, place.get("/dashboard.js", "If-None-Match: \"other\"").status());
    assertEquals("no-store", place.get("/figures").field("Cache-Control"));
  }

  @Test
  void theFiguresAreJson() {
    place.second();
    String json = place.get("/figures").body();
    assertTrue(json.contains("[\"pools\",\"lanes\",5]"), json);
    assertTrue(json.contains("\"kind\":\"pool\",\"name\":\"lanes\",\"most\":8,\"idle\":3"), json);
  }

  @Test
  void aClosedOneSaysSo() {
    place.handler.close();
    place.handler.close();
    assertEquals(503, place.get("/").status());
    assertEquals(503, place.get("/events").status());
  }
}
