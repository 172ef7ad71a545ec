package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.tiercel.cache.TieredCache;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's server with TLS. */
class SecureServerTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir Path folder;

  private SSLContext trusting; // For a client without a key.

  @Test
  void handlersStillSeeTheirSession() throws Exception {
    SSLContext tls = tls();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    try (TieredCache cache = TieredCache.builder().onlyWriter().build()) {
      ResponseCache responses = ResponseCache.of(cache).ttl(Duration.ofSeconds(30)).build();
      server
          .createContext("/", SecureServerTest::answer)
          .getFilters()
          .add(responses.forJdkServer());
      server.start();
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/a");
      HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
      for (int i = 0; i < 2; i++) {
        HttpResponse<String> response =
            client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertTrue(response.body().startsWith("GET /a TLS"), response.body());
        assertEquals(
            i == 1, response.headers().firstValue("Cache-Status").orElseThrow().contains("; hit"));
      }
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"'max-age=60', false", "'public, max-age=60', true"})
  void whatIsForTheHolderOfACertificateIsShownToNobodyElse(String control, boolean isShared)
      throws Exception {
    SSLContext tls = tls();
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    try (TieredCache cache = TieredCache.builder().onlyWriter().build()) {
      server
          .createContext(
              "/",
              exchange -> {
                byte[] text = peer(exchange).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Cache-Control", control);
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
              })
          .getFilters()
          .add(ResponseCache.of(cache).build().forJdkServer());
      server.start();
      URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/a");
      HttpClient holder = HttpClient.newBuilder().sslContext(tls).build();
      HttpClient nobody = HttpClient.newBuilder().sslContext(trusting).build();
      HttpRequest get = HttpRequest.newBuilder(uri).build();
      assertEquals("CN=localhost", holder.send(get, BodyHandlers.ofString()).body());
      String shown = isShared ? "CN=localhost" : "nobody";
      assertEquals(shown, nobody.send(get, BodyHandlers.ofString()).body());
      HttpResponse<String> again = nobody.send(get, BodyHandlers.ofString());
      assertTrue(again.headers().firstValue("Cache-Status").orElse("").contains("; hit"));
      assertEquals(shown, again.body());
      assertEquals("CN=localhost", holder.send(get, BodyHandlers.ofString()).body());
    } finally {
      server.stop(0);
    }
  }

  private static String peer(HttpExchange exchange) {
    try {
      return ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    HttpsExchange secure = (HttpsExchange) exchange;
    exchange.setAttribute("a", "b");
    String text =
        String.join(
            " ",
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            secure.getSSLSession().getProtocol(),
            exchange.getProtocol(),
            exchange.getHttpContext().getPath(),
            String.valueOf(exchange.getPrincipal()),
            exchange.getRemoteAddress().getHostString(),
            exchange.getLocalAddress().getHostString(),
            exchange.getRequestHeaders().getFirst("Host"),
            (String) exchange.getAttribute("a"));
    assertEquals(-1, exchange.getResponseCode());
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.setStreams(null, null);
    exchange.sendResponseHeaders(200, text.length());
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
    exchange.close();
  }

  /** A key of its own, which server and client trust; or only the trust. */
  private SSLContext tls() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool").toFile())
            .start();
    assertEquals(0, keytool.waitFor(), Files.readString(folder.resolve("keytool")));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    TrustManagerFactory others = TrustManagerFactory.getInstance("PKIX");
    others.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), others.getTrustManagers(), null);
    trusting = SSLContext.getInstance("TLS");
    trusting.init(null, others.getTrustManagers(), null);
    return tls;
  }
}
