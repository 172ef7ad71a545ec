package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The keys of responses stay what they are, also below memory. */
class RequestKeysTest {
  private static final RequestKeys KEYS = new RequestKeys("web", List.of(), Set.of());

  /** SHA-256 of each part with its length before it. */
  private static String hash(String... parts) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (String part : parts) {
        byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
      }
    }
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private static WebRequest request(String authority, String target) {
    return new WebRequest("GET", "http", authority, target, HttpFields.none(), "");
  }

  @Test
  void aTargetIsSchemeHostPathAndQuery() throws Exception {
    assertEquals(
        "web:" + hash("http", "host", "/ä", "x=1"), KEYS.target(request("host", "/ä?x=1")));
    String path = "/" + "x".repeat(70_000);
    assertEquals("web:" + hash("http", "host", path, ""), KEYS.target(request("host", path)));
  }

  @ParameterizedTest
  @CsvSource({
    "http, host:80, host",
    "http, host:443, host:443",
    "https, host:443, host",
    "https, host:80, host:80",
    "http, host:8080, host:8080"
  })
  void theUsualPortGoesWithoutSaying(String scheme, String authority, String host)
      throws Exception {
    assertEquals("web:" + hash(scheme, host, "/", ""), KEYS.target(scheme, authority, "/", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "b=1&a=2&a=1, a=2&a=1&b=1",
    "b&a, a&b",
    "=2&=1, =2&=1",
    "a=2&a&a=1, a=2&a&a=1",
    "x=1, x=1",
    "&b&a&, &&a&b"
  })
  void parametersAreInTheOrderOfTheirNames(String query, String sorted) throws Exception {
    assertEquals(
        "web:" + hash("http", "host", "/", sorted), KEYS.target("http", "host", "/", query));
  }

  @ParameterizedTest
  @CsvSource({"a=1&x=2, a=1", "x=1, ''", "x, ''", "xx=1, xx=1", "a=x, a=x"})
  void someParametersMeanNothing(String query, String kept) throws Exception {
    RequestKeys keys = new RequestKeys("web", List.of(), Set.of("x"));
    assertEquals("web:" + hash("http", "host", "/", kept), keys.target("http", "host", "/", query));
  }

  @Test
  void aVariantIsWhatTheFieldsThatMatterSay() throws Exception {
    HttpFields fields = HttpFields.of("A", "1 , 2", "B", "3");
    Vary vary = new Vary(List.of("b", "c"));
    assertEquals("t:ff:-", KEYS.variant("t", 255, new Vary(List.of()), fields));
    assertEquals("t:1:" + hash("b", "3", "c", "\0"), KEYS.variant("t", 1, vary, fields));
    RequestKeys keyed = new RequestKeys("web", List.of("a"), Set.of());
    assertEquals(
        "t:1:" + hash("a", "1,2", "b", "3", "c", "\0"), keyed.variant("t", 1, vary, fields));
    assertNotEquals(
        keyed.variant("t", 1, vary, fields), keyed.variant("t", 1, vary, fields.with("A", "2")));
  }

  @ParameterizedTest
  @CsvSource({
    "/b, /b",
    "b?x=1, /a/b?x=1",
    "http://host/b, /b",
    "HTTP://HOST:80/b, /b",
    "//host/b?, /b"
  })
  void aReferenceToTheSameHostIsATarget(String reference, String target) {
    WebRequest request = request("host", "/a/c");
    assertEquals(
        Optional.of(KEYS.target(request("host", target))), KEYS.sameOrigin(request, reference));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//other/b",
        "http://host:81/b",
        "https://host/b",
        "mailto:x",
        "http:b:c",
        ":",
        "/a b",
        "http://"
      })
  void anyOtherIsNot(String reference) {
    assertEquals(Optional.empty(), KEYS.sameOrigin(request("host", "/a/c"), reference));
  }
}
