package dev.tiercel.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The exchange that a handler sees: the server's own, but for what it answers. */
final class JdkHandlerExchange extends HttpExchange {
  private final HttpExchange exchange;
  private final JdkAnswer answer;

  JdkHandlerExchange(HttpExchange exchange, JdkAnswer answer) {
    this.exchange = exchange;
    this.answer = answer;
  }

  @Override
  public Headers getRequestHeaders() {
    return answer.requestHeaders();
  }

  @Override
  public Headers getResponseHeaders() {
    return answer.headers();
  }

  @Override
  public URI getRequestURI() {
    return exchange.getRequestURI();
  }

  @Override
  public String getRequestMethod() {
    return exchange.getRequestMethod();
  }

  @Override
  public HttpContext getHttpContext() {
    return exchange.getHttpContext();
  }

  @Override
  public void close() {
    answer.close();
  }

  @Override
  public InputStream getRequestBody() {
    return answer.in();
  }

  @Override
  public OutputStream getResponseBody() {
    return answer.out();
  }

  @Override
  public void sendResponseHeaders(int code, long length) throws IOException {
    answer.send(code, length);
  }

  @Override
  public InetSocketAddress getRemoteAddress() {
    return exchange.getRemoteAddress();
  }

  @Override
  public int getResponseCode() {
    return answer.status();
  }

  @Override
  public InetSocketAddress getLocalAddress() {
    return exchange.getLocalAddress();
  }

  @Override
  public String getProtocol() {
    return exchange.getProtocol();
  }

  @Override
  public Object getAttribute(String name) {
    return exchange.getAttribute(name);
  }

  @Override
  public void setAttribute(String name, @Nullable Object value) {
    exchange.setAttribute(name, value);
  }

  @Override
  public void setStreams(@Nullable InputStream in, @Nullable OutputStream out) {
    answer.setStreams(in, out);
  }

  @Override
  public @Nullable HttpPrincipal getPrincipal() {
    return answer.principal();
  }
}
