package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head of a request in its parts. */
class WebRequestTest {
  private static WebRequest request(String method, String target) {
    return new WebRequest(method, "HTTP", "Host:80", target, HttpFields.none(), "127.0.0.1");
  }

  @ParameterizedTest
  @CsvSource({
    "/a?x=1, /a, x=1",
    "/a?x=1?y=2, /a, x=1?y=2",
    "/a?, /a, ''",
    "/a, /a, ''",
    "?x, '', x",
    "*, *, ''"
  })
  void theQueryBeginsAtTheFirstQuestionMark(String target, String path, String query) {
    assertEquals(path, request("GET", target).path());
    assertEquals(query, request("GET", target).query());
  }

  @Test
  void schemeAndHostAreInSmallLetters() {
    assertEquals("http", request("GET", "/A").scheme());
    assertEquals("host:80", request("GET", "/A").authority());
    assertEquals("/A", request("GET", "/A").target());
  }

  @Test
  void onlyTheFieldsAreOthers() {
    HttpFields fields = HttpFields.of("A", "1");
    assertEquals(
        new WebRequest("GET", "http", "host:80", "/", fields, "127.0.0.1"),
        request("GET", "/").with(fields));
  }

  @Test
  void onlyHeadIsHead() {
    assertTrue(request("HEAD", "/").isHead());
    assertFalse(request("GET", "/").isHead());
    assertFalse(request("head", "/").isHead());
  }

  @Test
  void nullIsRefusedByName() {
    HttpFields none = HttpFields.none();
    for (String name : new String[] {"method", "target", "fields", "peer"}) {
      NullPointerException refusal =
          assertThrows(
              NullPointerException.class,
              () ->
                  new WebRequest(
                      name.equals("method") ? null : "GET",
                      "http",
                      "",
                      name.equals("target") ? null : "/",
                      name.equals("fields") ? null : none,
                      name.equals("peer") ? null : ""));
      assertEquals(name + " must not be null", refusal.getMessage());
    }
  }
}
