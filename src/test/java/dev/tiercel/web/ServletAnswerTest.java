package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TieredCache;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a servlet can do with a response, in a container and behind a response cache. */
class ServletAnswerTest {
  /** Answers a request. */
  interface Work {
    void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;
  }

  static final class WorkServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient Work work;

    WorkServlet(Work work) {
      this.work = work;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      work.handle(request, response);
    }
  }

  private final TieredCache cache = TieredCache.builder().onlyWriter().build();
  private final ResponseCache responses =
      ResponseCache.of(cache).ttl(Duration.ofSeconds(30)).staleIfError(Duration.ofHours(1)).build();

  @AfterEach
  void close() {
    cache.close();
  }

  private TestServer serve(Work work) throws Exception {
    return new JettyTestServer(responses, new WorkServlet(work));
  }

  private static String field(HttpResponse<?> response, String name) {
    return String.join(", ", response.headers().allValues(name));
  }

  private static boolean isHit(HttpResponse<?> response) {
    return field(response, "Cache-Status").contains("hit");
  }

  @Test
  void aWriterEncodesAsTheTypeSays() throws Exception {
    Work work =
        (request, response) -> {
          response.setContentType("text/plain;charset=UTF-16BE");
          response.getWriter().write("é😀".toCharArray(), 0, 2);
          response.getWriter().write("é😀".toCharArray(), 2, 1);
          response.getWriter().flush();
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals("é😀", response.body());
        assertTrue(field(response, "Content-Type").toLowerCase(Locale.ROOT).contains("utf-16be"));
        assertEquals(i == 1, isHit(response));
      }
    }
  }

  @Test
  void fieldsMayComeAfterTheFirstBytes() throws Exception {
    Work work =
        (request, response) -> {
          response.getOutputStream().print("x");
          response.setIntHeader("X-Number", 5);
          response.addDateHeader("X-Date", 784_111_777_000L);
          response.setDateHeader("X-Date", 784_111_778_000L);
          response.addHeader("X-Many", "1");
          response.addIntHeader("X-Many", 2);
          assertEquals(List.of("1", "2"), List.copyOf(response.getHeaders("x-many")));
          assertTrue(response.getHeaderNames().contains("X-Many"));
          assertTrue(response.containsHeader("X-NUMBER"));
          assertFalse(response.isCommitted());
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals("5", field(response, "X-Number"));
        assertEquals(
            "Sun, 6 Nov 1994 08:49:38 GMT", field(response, "X-Date").replace(" 06", " 6"));
        assertEquals("1, 2", field(response, "X-Many"));
        assertEquals("x", response.body());
      }
    }
  }

  @Test
  void theCodingOfAWriterStays() throws Exception {
    Work work =
        (request, response) -> {
          response.setContentType("text/plain;charset=UTF-8");
          response.getWriter().print("é");
          response.setCharacterEncoding("ISO-8859-1");
          response.setContentType("text/html;charset=ISO-8859-1");
          response.getWriter().print("é");
        };
    try (TestServer server = serve(work)) {
      HttpResponse<String> response = server.get("/");
      assertEquals("éé", response.body());
      assertTrue(field(response, "Content-Type").matches("(?i)text/html; *charset=utf-8"));
    }
  }

  @Test
  void whatIsAnsweredBesideIsNotKept() throws Exception {
    Work work =
        (request, response) -> {
          HttpServletResponse inner =
              (HttpServletResponse) ((HttpServletResponseWrapper) response).getResponse();
          inner.setStatus(202);
          inner.getWriter().print("beside");
          inner.flushBuffer();
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals(202, response.statusCode());
        assertEquals("beside", response.body());
      }
    }
  }

  @Test
  void resetTakesEverythingBack() throws Exception {
    Work work =
        (request, response) -> {
          response.setStatus(201);
          response.setHeader("X-A", "1");
          response.getWriter().print("old");
          response.reset();
          response.getOutputStream().print("new");
          response.flushBuffer();
          assertTrue(response.isCommitted());
          assertThrows(IllegalStateException.class, response::reset);
          assertThrows(IllegalStateException.class, response::getWriter);
        };
    try (TestServer server = serve(work)) {
      HttpResponse<String> response = server.get("/");
      assertEquals(200, response.statusCode());
      assertEquals("new", response.body());
      assertEquals("", field(response, "X-A"));
    }
  }

  @Test
  void cookiesAreSetAndNotKept() throws Exception {
    Work work =
        (request, response) -> {
          Cookie cookie = new Cookie("a", "b");
          cookie.setHttpOnly(true);
          cookie.setSecure(true);
          cookie.setMaxAge(60);
          cookie.setPath("/x");
          cookie.setAttribute("SameSite", "Lax");
          response.addCookie(cookie);
          response.addCookie(new Cookie("c", "d"));
        };
    try (TestServer server = serve(work)) {
      HttpResponse<String> response = server.get("/");
      List<String> cookies = response.headers().allValues("Set-Cookie");
      assertEquals(2, cookies.size());
      for (String part : List.of("a=b", "HttpOnly", "Secure", "Max-Age=60", "Path=/x", "Lax")) {
        assertTrue(cookies.get(0).contains(part), cookies.get(0));
      }
      assertEquals("c=d", cookies.get(1));
      assertFalse(isHit(server.get("/")));
    }
  }

  @Test
  void errorsAreTheContainersToShow() throws Exception {
    Work work =
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.sendError(404, "no such task");
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals(404, response.statusCode());
        assertTrue(response.body().contains("no such task"), response.body());
        assertFalse(isHit(response));
      }
    }
  }

  @Test
  void anErrorIsCoveredUpWhereThatIsAllowed() throws Exception {
    AtomicInteger number = new AtomicInteger();
    Work work =
        (request, response) -> {
          int mine = number.incrementAndGet();
          if (mine == 2) {
            response.sendError(503);
          } else if (mine > 2) {
            throw new IOException("no disk");
          } else {
            response.setHeader("Cache-Control", "max-age=10");
            response.setHeader("Age", "10");
            response.getWriter().print("good");
          }
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 3; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals(200, response.statusCode());
        assertEquals("good", response.body());
      }
      assertEquals(3, number.get());
    }
  }

  @Test
  void aRedirectionLeadsOn() throws Exception {
    try (TestServer server = serve((request, response) -> response.sendRedirect("/there"))) {
      HttpResponse<String> response = server.get("/");
      assertEquals(302, response.statusCode());
      assertTrue(field(response, "Location").endsWith("/there"));
    }
  }

  @Test
  void aServletThatGoesOnElsewhereAnswersByItself() throws Exception {
    Work work =
        (request, response) -> {
          response.setHeader("X-Before", "1");
          response.setHeader("Cache-Tag", "a");
          AsyncContext context = request.startAsync();
          context.start(
              () -> {
                try {
                  HttpServletResponse later = (HttpServletResponse) context.getResponse();
                  later.setHeader("X-After", "2");
                  later.setContentType("text/plain");
                  later.getWriter().print("late");
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                } finally {
                  context.complete();
                }
              });
        };
    try (TestServer server = serve(work)) {
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response = server.get("/");
        assertEquals("late", response.body());
        assertEquals("1", field(response, "X-Before"));
        assertEquals("2", field(response, "X-After"));
        assertEquals("", field(response, "Cache-Tag"));
        assertFalse(isHit(response));
      }
      assertEquals(0, responses.flights.size());
    }
  }

  @Test
  void anAsynchronousWriteEndsWhatIsKept() throws Exception {
    Work work =
        (request, response) -> {
          if (request.getMethod().equals("GET")) {
            response.getWriter().print("kept");
            return;
          }
          AsyncContext context = request.startAsync();
          context.start(context::complete);
        };
    try (TestServer server = serve(work)) {
      server.get("/");
      assertTrue(isHit(server.get("/")));
      assertEquals(200, server.send("POST", "/").statusCode());
      assertFalse(isHit(server.get("/")));
    }
  }

  @Test
  void theServletSeesItsRequestAsItShould() throws Exception {
    Work work =
        (request, response) -> {
          assertEquals(null, request.getHeader("If-None-Match"));
          assertFalse(request.getHeaders("If-None-Match").hasMoreElements());
          assertEquals(-1, request.getIntHeader("X-None"));
          assertEquals(-1, request.getDateHeader("X-None"));
          assertEquals(5, request.getIntHeader("X-Five"));
          assertEquals(784_111_777_000L, request.getDateHeader("X-Date"));
          assertThrows(IllegalArgumentException.class, () -> request.getDateHeader("X-Five"));
          assertThrows(NumberFormatException.class, () -> request.getIntHeader("X-Date"));
          response.getWriter().print("seen");
        };
    try (TestServer server = serve(work)) {
      HttpResponse<String> response =
          server.get(
              "/",
              "If-None-Match",
              "\"a\"",
              "X-Five",
              "5",
              "X-Date",
              "Sun, 06 Nov 1994 08:49:37 GMT");
      assertEquals("seen", response.body());
    }
  }

  @Test
  void aBodyThatEndsBeforeItsAnnouncedLengthIsNotKept() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Work work =
        (request, response) -> {
          response.setContentLength(100);
          response.getOutputStream().write(new byte[asked.incrementAndGet() == 1 ? 50 : 100]);
        };
    try (TestServer server = serve(work)) {
      try (Wire wire = server.wire()) {
        wire.lines("GET / HTTP/1.1", "Host: 127.0.0.1:" + server.port(), "Connection: close");
        wire.rest();
      }
      assertEquals(100, server.get("/").body().length());
      assertEquals(2, asked.get());
    }
  }

  @Test
  void whatBeginsASessionIsOneClientsOwn() throws Exception {
    Work work =
        (request, response) -> {
          response.setHeader("Cache-Control", "max-age=60");
          response.getOutputStream().print("for " + request.getSession().getId());
        };
    try (TestServer server = new JettyTestServer(responses, new WorkServlet(work))) {
      HttpResponse<String> first = server.get("/");
      HttpResponse<String> second = server.get("/");
      assertEquals(1, first.headers().allValues("Set-Cookie").size());
      assertFalse(isHit(second));
      assertFalse(first.body().equals(second.body()));
    }
  }

  @Test
  void aWriteThatIsAnsweredBesideTheExchangeEndsWhatIsKept() throws Exception {
    Work work =
        (request, response) -> {
          if (request.getMethod().equals("POST")) {
            ServletResponse own = ((HttpServletResponseWrapper) response).getResponse();
            own.getOutputStream().print("done");
            own.flushBuffer();
          } else {
            response.getOutputStream().print("x");
          }
        };
    try (TestServer server = serve(work)) {
      server.get("/");
      assertTrue(isHit(server.get("/")));
      assertEquals("done", server.send("POST", "/").body());
      assertFalse(isHit(server.get("/")));
    }
  }
}
