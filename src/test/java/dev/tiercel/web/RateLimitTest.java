package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clients notice, through real servers. */
class RateLimitTest {
  enum In {
    JDK,
    JETTY
  }

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final App HELLO = (asked, answer) -> answer.field("X-App", "yes").text("hello");

  private final SetTime time = new SetTime();
  private TestServer server;

  private void serve(In in, WebFilter filter, App app) throws Exception {
    server = in == In.JDK ? new JdkTestServer(filter, app) : new JettyTestServer(filter, app);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static Optional<String> field(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name);
  }

  @ParameterizedTest
  @EnumSource
  void whatPassesSaysHowMuchIsLeftAndWhatDoesNotSaysWhenToComeBack(In in) throws Exception {
    RateLimit limit = RateLimit.of(6, MINUTE).burst(2).ticker(time).build();
    serve(in, limit, HELLO);

    HttpResponse<String> first = server.get("/");
    assertEquals(200, first.statusCode());
    assertEquals("hello", first.body());
    assertEquals(Optional.of("yes"), field(first, "X-App"));
    assertEquals(Optional.of("\"default\";q=2;w=20"), field(first, "RateLimit-Policy"));
    assertEquals(Optional.of("\"default\";r=1;t=10"), field(first, "RateLimit"));
    assertEquals(Optional.of("\"default\";r=0;t=10"), field(server.get("/"), "RateLimit"));

    time.advance(Duration.ofMillis(5_500));
    HttpResponse<String> refused = server.get("/");
    assertEquals(429, refused.statusCode());
    assertEquals(Optional.of("5"), field(refused, "Retry-After"));
    assertEquals(Optional.of("\"default\";r=0;t=5"), field(refused, "RateLimit"));
    assertEquals(Optional.of("\"default\";q=2;w=20"), field(refused, "RateLimit-Policy"));
    assertEquals(Optional.of("application/problem+json"), field(refused, "Content-Type"));
    assertEquals(Optional.of("no-store"), field(refused, "Cache-Control"));
    assertEquals(Optional.empty(), field(refused, "X-App"));
    JsonNode problem = new ObjectMapper().readTree(refused.body());
    assertEquals(
        "https://iana.org/assignments/http-problem-types#quota-exceeded",
        problem.get("type").textValue());
    assertEquals(429, problem.get("status").intValue());
    assertEquals("[\"default\"]", problem.get("violated-policies").toString());
    assertEquals(
        "too many requests; the next one is taken in 5 s", problem.get("detail").textValue());

    time.advance(Duration.ofSeconds(5));
    assertEquals(200, server.get("/").statusCode(), "who waits as long as it says is served");
    assertEquals(new RateLimitStats(3, 1, 1), limit.stats());
  }

  @ParameterizedTest
  @EnumSource
  void clientsBehindTheProxyAreToldApart(In in) throws Exception {
    serve(
        in,
        RateLimit.of(1, MINUTE).trust(ProxyField.X_FORWARDED_FOR, "127.0.0.1").ticker(time).build(),
        HELLO);
    assertEquals(200, server.get("/", "X-Forwarded-For", "192.0.2.1").statusCode());
    assertEquals(429, server.get("/", "X-Forwarded-For", "6.6.6.6, 192.0.2.1").statusCode());
    assertEquals(200, server.get("/", "X-Forwarded-For", "192.0.2.2").statusCode());
  }

  @ParameterizedTest
  @EnumSource
  void withoutTrustAMadeUpAddressChangesNothing(In in) throws Exception {
    serve(in, RateLimit.of(1, MINUTE).ticker(time).build(), HELLO);
    assertEquals(200, server.get("/", "X-Forwarded-For", "192.0.2.1").statusCode());
    assertEquals(429, server.get("/", "X-Forwarded-For", "192.0.2.2").statusCode());
    assertEquals(429, server.get("/", "Forwarded", "for=192.0.2.3").statusCode());
  }

  @ParameterizedTest
  @EnumSource
  void aKeyOfTheApplicationsDecides(In in) throws Exception {
    serve(
        in,
        RateLimit.of(1, MINUTE)
            .key(request -> request.fields().first("X-User").orElse("nobody"))
            .ticker(time)
            .build(),
        HELLO);
    String longName = "a".repeat(5_000);
    assertEquals(200, server.get("/", "X-User", longName).statusCode());
    assertEquals(429, server.get("/", "X-User", longName).statusCode());
    assertEquals(200, server.get("/", "X-User", longName + "b").statusCode());
    assertEquals(200, server.get("/").statusCode());
  }

  @ParameterizedTest
  @EnumSource
  void aHandlerThatThrowsStillUsedItsToken(In in) throws Exception {
    serve(
        in,
        RateLimit.of(1, MINUTE).ticker(time).build(),
        (asked, answer) -> {
          throw new IllegalStateException("thrown by a test");
        });
    try {
      // Not GET, which the client would send again.
      assertEquals(500, server.send("POST", "/").statusCode());
    } catch (IOException e) {
      assertEquals(In.JDK, in, "which just closes the connection");
    }
    assertEquals(429, server.get("/").statusCode());
  }

  @Test
  void badSettingsAreRefusedWithValueRangeAndRemedy() {
    refused("requests must be from 1 to 1000000, but is 0", () -> RateLimit.of(0, MINUTE));
    refused(
        "period must be from 1 ms to 1 day, but is PT0S; scale the requests with it",
        () -> RateLimit.of(1, Duration.ZERO));
    RateLimitBuilder builder = RateLimit.of(1, MINUTE);
    refused("burst must be from 1 to 1000000, but is 0", () -> builder.burst(0));
    refused("maxKeys must be from 1 to 10000000, but is 0", () -> builder.maxKeys(0));
    refused("ipv6Prefix must be from 16 to 128, but is 0", () -> builder.ipv6Prefix(0));
    refused(
        "'10.0.0.1/8' has bits set behind its first 8; which range is meant?",
        () -> builder.trust(ProxyField.FORWARDED, "10.0.0.1/8"));
    assertThrows(NullPointerException.class, () -> builder.key(null));
    assertThrows(NullPointerException.class, () -> builder.ticker(null));
  }

  @Test
  void aKeyThatIsNullIsRefusedWithTheRemedy() {
    RateLimit limit = RateLimit.of(1, MINUTE).key(request -> null).build();
    WebRequest request = new WebRequest("GET", "http", "a", "/", HttpFields.none(), "192.0.2.1");
    WebExchange exchange =
        (WebExchange)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebExchange.class},
                (proxy, method, arguments) -> {
                  assertEquals("request", method.getName(), "it goes no further");
                  return request;
                });

    assertEquals(
        "the key of a request is null; give those without one a key that they share",
        assertThrows(NullPointerException.class, () -> limit.handle(exchange)).getMessage());
    assertEquals(new RateLimitStats(0, 0, 0), limit.stats());
  }

  private static void refused(String message, Runnable setting) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, setting::run).getMessage());
  }

  @Test
  void theHighestRateAndTheLowestAreHeld() {
    Buckets fast = new Buckets(1_000_000, 1_000_000, Duration.ofMillis(1), time, 1);
    Buckets slow = new Buckets(1, 1, Duration.ofDays(1), time, 1);
    assertTrue(fast.take("a").allowed());
    assertTrue(slow.take("a").allowed());
    time.advance(Duration.ofDays(1).minusNanos(1));
    assertFalse(slow.take("a").allowed());
    time.advance(Duration.ofNanos(1));
    assertTrue(slow.take("a").allowed());
    assertEquals(999_999, fast.take("a").left());
  }
}
