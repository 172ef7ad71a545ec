package dev.tiercel.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import dev.tiercel.web.HttpFields.Field;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a handler in the JDK's server answers, on its way to a {@link Responder}. */
final class JdkAnswer {
  private final HttpExchange exchange;
  private final @Nullable HttpPrincipal principal;
  private final Responder responder;
  private final Headers requestHeaders = new Headers();
  private final Headers headers = new Headers();
  private final AtomicBoolean over = new AtomicBoolean();
  private InputStream in;
  private OutputStream out = new Body();
  private volatile @Nullable OutputStream body;
  private volatile int status = -1;
  private volatile boolean isEmpty;

  JdkAnswer(
      HttpExchange exchange,
      @Nullable HttpPrincipal principal,
      HttpFields fields,
      Responder responder) {
    this.exchange = exchange;
    this.principal = principal;
    this.responder = responder;
    this.in = exchange.getRequestBody();
    for (Field field : fields.list()) {
      requestHeaders.add(field.name(), field.value());
    }
  }

  @Nullable HttpPrincipal principal() {
    return principal;
  }

  Headers requestHeaders() {
    return requestHeaders;
  }

  Headers headers() {
    return headers;
  }

  InputStream in() {
    return in;
  }

  OutputStream out() {
    return out;
  }

  int status() {
    return status;
  }

  void setStreams(@Nullable InputStream otherIn, @Nullable OutputStream otherOut) {
    in = otherIn == null ? in : otherIn;
    out = otherOut == null ? out : otherOut;
  }

  /** As {@link HttpExchange#sendResponseHeaders}: 0 is a body of any length, below 0 is none. */
  void send(int code, long length) throws IOException {
    if (status != -1) {
      throw new IOException("headers already sent");
    }
    if (code < 100 || code > 999) {
      throw new IllegalArgumentException("status must be between 100 and 999, but is " + code);
    }
    status = code;
    ResponseHead head =
        ResponseHead.of(
            code,
            JdkExchange.fields(headers),
            length == 0 ? ResponseHead.UNKNOWN : Math.max(0, length));
    isEmpty = head.length() == 0 || !head.hasBody(exchange.getRequestMethod());
    body = responder.respond(head);
    if (isEmpty) {
      end(); // Nothing more is to come, and the handler need not say so.
    }
  }

  /** The handler closes its body, or its exchange. */
  private void end() throws IOException {
    OutputStream begun = body;
    if (begun != null && !over.get()) {
      try {
        begun.close();
      } finally {
        over();
      }
    }
  }

  /** Nothing more comes from the handler. */
  void over() {
    if (over.compareAndSet(false, true)) {
      responder.done();
    }
  }

  void close() {
    try {
      if (body != null) {
        end();
        return;
      }
    } catch (IOException e) {
      // Whoever closes an exchange does not want to hear of it; the server closes the connection.
    }
    over();
    exchange.close();
  }

  /** The stream that a handler is given before it sends the head. */
  private final class Body extends OutputStream {
    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      OutputStream begun = begun();
      if (!isEmpty) {
        begun.write(bytes, offset, length);
      }
    }

    @Override
    public void flush() throws IOException {
      OutputStream begun = begun();
      if (!isEmpty) {
        begun.flush();
      }
    }

    @Override
    public void close() throws IOException {
      end();
    }

    private OutputStream begun() throws IOException {
      OutputStream begun = body;
      if (begun == null) {
        throw new IOException("response headers not sent yet");
      }
      return begun;
    }
  }
}
