package dev.tiercel.web;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import com.sun.net.httpserver.HttpsExchange;
import dev.tiercel.web.HttpFields.Field;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/** An exchange of the JDK's server. The server sets the date of every response itself. */
final class JdkExchange implements WebExchange {
  private static final int NO_BODY = -1;
  private static final int CHUNKED = 0;

  private final HttpExchange exchange;
  private final Filter.Chain chain;
  private final WebRequest request;
  private @Nullable HttpPrincipal principal;

  /** Whether an authenticator let it pass, which need not name anybody. */
  private boolean isAdmitted;

  JdkExchange(HttpExchange exchange, Filter.Chain chain) {
    this.exchange = exchange;
    this.chain = chain;
    this.principal = exchange.getPrincipal();
    this.isAdmitted = principal != null || isAdmittedBefore(exchange);
    this.request = request(exchange);
  }

  /** An exchange behind which there is no handler. */
  static JdkExchange of(HttpExchange exchange) {
    return new JdkExchange(
        exchange,
        new Filter.Chain(
            List.of(),
            asked -> {
              throw new IllegalStateException("there is no handler behind this one");
            }));
  }

  /** Whether it comes from another filter, which asked the authenticator before. */
  private static boolean isAdmittedBefore(HttpExchange exchange) {
    boolean isPassedOn =
        exchange instanceof JdkHandlerExchange || exchange instanceof JdkSecureHandlerExchange;
    return isPassedOn && exchange.getHttpContext().getAuthenticator() != null;
  }

  private static WebRequest request(HttpExchange exchange) {
    HttpFields fields = fields(exchange.getRequestHeaders());
    URI uri = exchange.getRequestURI();
    String authority = uri.getRawAuthority();
    return new WebRequest(
        exchange.getRequestMethod(),
        exchange instanceof HttpsExchange ? "https" : "http",
        authority == null ? fields.first("Host").orElse("") : authority,
        target(uri),
        fields,
        peer(exchange.getRemoteAddress()));
  }

  private static String target(URI uri) {
    String path = uri.getRawPath();
    if (path == null) {
      return uri.toString(); // Not a path at all.
    }
    String query = uri.getRawQuery();
    return query == null ? path : path + '?' + query;
  }

  private static String peer(InetSocketAddress address) {
    return address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
  }

  /** The fields of a message, without what cannot be one. */
  static HttpFields fields(Headers headers) {
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      for (String value : header.getValue()) {
        HttpFields.addIfField(fields, header.getKey(), value == null ? "" : value);
      }
    }
    return HttpFields.of(fields);
  }

  @Override
  public WebRequest request() {
    return request;
  }

  @Override
  public boolean isAuthenticated() {
    if (isAdmitted) {
      return true;
    }
    if (!(exchange instanceof HttpsExchange secure)) {
      return false;
    }
    try {
      return secure.getSSLSession().getPeerPrincipal() != null;
    } catch (SSLPeerUnverifiedException e) {
      return false; // The client showed no certificate.
    }
  }

  /**
   * Asks the authenticator of the context, if there is one and it has not been asked.
   *
   * @return false if it refuses, which the client has been told
   */
  boolean authenticate() throws IOException {
    Authenticator authenticator = exchange.getHttpContext().getAuthenticator();
    if (authenticator == null || isAdmitted) {
      return true;
    }
    Authenticator.Result result = authenticator.authenticate(exchange);
    if (result instanceof Authenticator.Success success) {
      principal = success.getPrincipal();
      isAdmitted = true;
      return true;
    }
    int status =
        result instanceof Authenticator.Retry retry
            ? retry.getResponseCode()
            : ((Authenticator.Failure) result).getResponseCode();
    exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
    exchange.sendResponseHeaders(status, NO_BODY);
    return false;
  }

  @Override
  public void proceed(HttpFields fields, Responder responder) throws IOException {
    if (!authenticate()) {
      responder.done();
      return;
    }
    JdkAnswer answer = new JdkAnswer(exchange, principal, fields, responder);
    boolean returned = false;
    try {
      chain.doFilter(
          exchange instanceof HttpsExchange secure
              ? new JdkSecureHandlerExchange(secure, answer)
              : new JdkHandlerExchange(exchange, answer));
      returned = true;
    } finally {
      if (!returned) {
        answer.over(); // Otherwise the end of the response is the end of it, on whichever thread.
      }
    }
  }

  /** Beside what filters around this one have set. */
  @Override
  public OutputStream respond(ResponseHead head) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    boolean hasBody = head.hasBody(request.method());
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Field field : head.fields().list()) {
      if (field.is("Transfer-Encoding") || (hasBody && field.is("Content-Length"))) {
        continue;
      }
      if (!field.adds() && set.add(field.name())) {
        headers.set(field.name(), field.value());
      } else {
        headers.add(field.name(), field.value());
      }
    }
    if (!hasBody || head.length() == 0) {
      exchange.sendResponseHeaders(head.status(), NO_BODY);
      return new NoBody(exchange);
    }
    long length = head.length() == ResponseHead.UNKNOWN ? CHUNKED : head.length();
    exchange.sendResponseHeaders(head.status(), length);
    return exchange.getResponseBody();
  }

  /** Swallows what is written to a response without a body. */
  private static final class NoBody extends FilterOutputStream {
    private final HttpExchange exchange;

    NoBody(HttpExchange exchange) {
      super(OutputStream.nullOutputStream());
      this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void close() {
      exchange.close();
    }
  }
}
