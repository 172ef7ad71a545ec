package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.web.DashboardPlace.Reply;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see a dashboard. */
class DashboardAccessTest {
  private static final String TOKEN = "correct-horse-battery";

  private static DashboardBuilder builder() {
    return Dashboard.of(DashboardPlace.pool("lanes"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "",
        "[::2]",
        "[",
        "0x7f000001",
        "localhost@evil.example"
      })
  void aNameThatIsNotOursIsRefused(String host) throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/")) {
      for (String path : List.of("", "figures", "events", "dashboard.js")) {
        assertEquals(403, place.get(path, "Host: " + host).status(), path);
      }
    }
  }

  @Test
  void theNamesOfThisMachineAndThoseThatWereToldAreTaken() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder().hosts("Build.Example"), "/")) {
      for (String host :
          List.of("localhost", "LOCALHOST:1", "127.0.0.1:80", "[::1]:80", "build.example:443")) {
        assertEquals(200, place.get("figures", "Host: " + host).status(), host);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1",
        "Via: 1.1 proxy",
        "X-Forwarded-Host: evil.example"
      })
  void whatComesThroughAProxyNeedsAToken(String field) throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/")) {
      Reply reply = place.get("figures", field);
      assertEquals(403, reply.status());
      assertTrue(reply.body().contains("token"), reply.body());
    }
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/")) {
      assertEquals(200, place.get("figures", field, "Authorization: Bearer " + TOKEN).status());
    }
  }

  @Test
  void otherMachinesAreRefusedWithoutAToken() throws Exception {
    InetAddress elsewhere = outward();
    DashboardBuilder open = builder().address(elsewhere);
    IllegalStateException refusal = assertThrows(IllegalStateException.class, open::start);
    assertTrue(refusal.getMessage().contains("token"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains(elsewhere.getHostAddress()), refusal.getMessage());
    InetAddress any = InetAddress.getByName("0.0.0.0");
    assertThrows(IllegalStateException.class, () -> builder().address(any).start());
    assertThrows(
        IllegalStateException.class, () -> builder().address(InetAddress.getByName("::")).start());
    try (Dashboard dashboard = open.token(TOKEN).start()) {
      assertEquals(elsewhere.getHostAddress(), dashboard.uri().getHost());
    }
  }

  @Test
  void aHandlerInAServerForEverybodyServesThisMachineOnly() throws Exception {
    InetAddress elsewhere = outward();
    HttpServer server = HttpServer.create(new InetSocketAddress("0.0.0.0", 0), 0);
    try (DashboardHandler handler = builder().timer(new StillTimer()).handler()) {
      server.createContext("/", handler);
      server.start();
      HttpClient client = HttpClient.newHttpClient();
      int port = server.getAddress().getPort();
      for (String host : List.of(elsewhere.getHostAddress(), "127.0.0.1")) {
        int status =
            client
                .send(
                    HttpRequest.newBuilder(URI.create("http://" + host + ":" + port + "/figures"))
                        .build(),
                    HttpResponse.BodyHandlers.discarding())
                .statusCode();
        assertEquals(host.equals("127.0.0.1") ? 200 : 403, status, host);
      }
    } finally {
      server.stop(0);
    }
  }

  private static InetAddress outward() throws IOException {
    Optional<InetAddress> found =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst();
    Assumptions.assumeTrue(found.isPresent(), "this machine has no address but the loopback's");
    return found.orElseThrow();
  }

  @Test
  void withoutTheTokenNothingIsShown() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/d")) {
      Reply page = place.get("/");
      assertEquals(401, page.status());
      assertTrue(page.field("WWW-Authenticate").startsWith("Bearer"));
      assertTrue(page.body().contains("name=\"token\" type=\"password\""), page.body());
      assertFalse(page.body().contains(TOKEN) || page.head().contains(TOKEN));
      for (String path : List.of("/figures", "/events")) {
        assertEquals(401, place.get(path).status());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "correct-horse-batter",
        "correct-horse-battery2",
        "CORRECT-HORSE-BATTERY",
        "x",
        ""
      })
  void aWrongTokenIsRefused(String wrong) throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/d")) {
      assertEquals(401, place.get("/figures", "Authorization: Bearer " + wrong).status());
      assertEquals(401, place.get("/figures", "Authorization: Basic " + TOKEN).status());
      assertEquals(401, place.get("/figures?token=" + TOKEN).status());
      Reply login = place.ask("POST", "/login", "token=" + wrong, origin(place));
      assertEquals(401, login.status());
      assertTrue(login.body().contains("That is not the token."), login.body());
      assertEquals("", login.field("Set-Cookie"));
    }
  }

  @Test
  void whoBringsTheTokenIsKnown() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/d")) {
      assertEquals(200, place.get("/figures", "Authorization: bearer " + TOKEN).status());
      Reply login = place.ask("POST", "/login", "token=" + TOKEN, origin(place));
      assertEquals(303, login.status());
      assertEquals("./", login.field("Location"));
      String cookie = login.field("Set-Cookie");
      assertTrue(cookie.contains("; Path=/d/; HttpOnly; SameSite=Strict"), cookie);
      assertFalse(cookie.contains(TOKEN), "the cookie is not the token");
      String pair = cookie.split(";", 2)[0];
      assertEquals(200, place.get("/figures", "Cookie: a=b; " + pair).status());
      assertEquals(200, place.get("/", "Cookie: " + pair + "; c=d").status());
      assertEquals(401, place.get("/figures", "Cookie: " + pair + "x").status());
      assertEquals(
          401, place.get("/figures", "Cookie: " + pair.split("=", 2)[0] + "=" + TOKEN).status());
    }
  }

  @Test
  void aCookieIsGoodForOneDashboardOnly() throws IOException {
    String pair;
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/d")) {
      pair =
          place
              .ask("POST", "/login", "token=" + TOKEN, origin(place))
              .field("Set-Cookie")
              .split(";", 2)[0];
    }
    try (DashboardPlace place = new DashboardPlace(builder().token(TOKEN), "/d")) {
      assertEquals(401, place.get("/figures", "Cookie: " + pair).status());
    }
  }

  @Test
  void pagesOfOthersGetNothing() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/d")) {
      for (String site : List.of("cross-site", "same-site")) {
        for (String path : List.of("/figures", "/events")) {
          assertEquals(403, place.get(path, "Sec-Fetch-Site: " + site).status(), path);
        }
        assertEquals(
            200, place.get("/", "Sec-Fetch-Site: " + site).status(), "a link may lead here");
      }
      assertEquals(0, place.handler.streams());
      assertEquals(200, place.get("/figures", "Sec-Fetch-Site: same-origin").status());
    }
  }

  @Test
  void badSettingsAreRefusedAtOnce() {
    for (String token : List.of("", "short", "has a blank in itself", "täglich-und-nächtlich")) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> builder().token(token)).getMessage();
      assertTrue(message.contains("16"), message);
      assertFalse(token.length() > 1 && message.contains(token), "the message does not show it");
    }
    assertThrows(IllegalArgumentException.class, () -> builder().port(-1));
    assertThrows(IllegalArgumentException.class, () -> builder().port(65_536));
    assertThrows(IllegalArgumentException.class, () -> builder().streams(0));
    assertThrows(IllegalArgumentException.class, () -> builder().streams(1_001));
    assertThrows(IllegalArgumentException.class, () -> builder().title(" "));
    assertThrows(IllegalArgumentException.class, () -> builder().add(DashboardPlace.pool("lanes")));
    assertThrows(IllegalArgumentException.class, () -> DashboardPlace.pool(" "));
    assertThrows(IllegalStateException.class, () -> Dashboard.of().start());
    assertThrows(IllegalStateException.class, () -> Dashboard.of().handler());
  }

  static String origin(DashboardPlace place) {
    return "Origin: http://" + place.host();
  }

  @Test
  void aProofIsGoodForThisDashboardOnly() {
    DashboardAccess access = builder().access();
    String proof = access.pageToken();
    assertTrue(access.isPageToken(proof));
    assertFalse(builder().access().isPageToken(proof));
    Stream.of(null, "", ".", "a.b", proof + "x", "x" + proof, proof.replace('.', ':'), "!." + proof)
        .forEach(wrong -> assertFalse(access.isPageToken(wrong), wrong));
  }
}
