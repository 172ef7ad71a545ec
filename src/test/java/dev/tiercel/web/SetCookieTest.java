package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;

/** A cookie of a servlet as the field that sets it. */
class SetCookieTest {
  @Test
  void aCookieIsItsNameAndItsValue() {
    assertEquals("a=b", SetCookie.of(new Cookie("a", "b")));
    assertEquals("a=", SetCookie.of(new Cookie("a", "")));
    assertEquals("a=", SetCookie.of(new Cookie("a", null)));
  }

  @Test
  void whatIsSetOfItFollows() {
    Cookie cookie = new Cookie("a", "b");
    cookie.setPath("/");
    cookie.setMaxAge(60);
    cookie.setSecure(true);
    cookie.setHttpOnly(true);
    cookie.setAttribute("SameSite", "Lax");
    assertEquals("a=b; HttpOnly; Max-Age=60; Path=/; SameSite=Lax; Secure", SetCookie.of(cookie));
  }

  @Test
  void aFlagThatIsNotSetIsNotThere() {
    Cookie cookie = new Cookie("a", "b");
    cookie.setSecure(false);
    cookie.setHttpOnly(false);
    assertEquals("a=b", SetCookie.of(cookie));
    Cookie other = new Cookie("a", "b");
    other.setAttribute("secure", "");
    assertEquals("a=b; secure", SetCookie.of(other));
  }

  @Test
  void noAttributeMakesAnother() {
    Cookie cookie = new Cookie("a", "b");
    cookie.setPath("/; Domain=example.com");
    assertEquals("a=b; Path=/  Domain=example.com", SetCookie.of(cookie));
  }
}
