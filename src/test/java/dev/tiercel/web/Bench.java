package dev.tiercel.web;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
import dev.tiercel.task.ManualClock;
import dev.tiercel.web.HttpFields.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A response cache before an application, with a clock that is set and without a server: exchanges
 * are objects here. Counts what the application is asked.
 */
final class Bench implements AutoCloseable {
  final ManualClock clock = new ManualClock(Instant.parse("2026-03-01T12:00:00Z"));
  final AtomicInteger asked = new AtomicInteger();
  final TieredCache cache;
  final ResponseCache responses;
  private final App app;

  /* What happens at each write to a client. */
  volatile Client client = () -> {};

  /** A client that is written to. */
  interface Client {
    void take() throws IOException;
  }

  Bench(UnaryOperator<ResponseCacheBuilder> described, App app) {
    this(TieredCache.builder().onlyWriter(), described, app);
  }

  Bench(TieredCacheBuilder cache, UnaryOperator<ResponseCacheBuilder> described, App app) {
    this.cache = cache.clock(clock).build();
    this.responses = described.apply(ResponseCache.of(this.cache).clock(clock)).build();
    this.app = app;
  }

  /** Before an application that always answers the same, to anything. */
  static Bench answering(UnaryOperator<ResponseCacheBuilder> described, String... fields) {
    return new Bench(
        described,
        (asked, answer) -> {
          for (int i = 0; i < fields.length; i += 2) {
            answer.field(fields[i], fields[i + 1]);
          }
          answer.text("body");
        });
  }

  /** What a client gets. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Reply(int status, HttpFields fields, byte[] bytes, boolean isComplete) {
    String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    String field(String name) {
      return fields.joined(name).orElse("");
    }

    /** Whether no handler was asked for it. */
    boolean isHit() {
      return field("Cache-Status").contains("hit");
    }
  }

  Reply get(String target, String... fields) throws Exception {
    return send("GET", target, fields);
  }

  Reply send(String method, String target, String... fields) throws Exception {
    return send(new WebRequest(method, "http", "host", target, HttpFields.of(fields), "127.0.0.1"));
  }

  Reply send(WebRequest request) throws Exception {
    Exchange exchange = new Exchange(request);
    responses.handle(exchange);
    return exchange.reply();
  }

  void pass(int seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  @Override
  public void close() {
    cache.close();
  }

  private final class Exchange implements WebExchange {
    private final WebRequest request;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private ResponseHead head;
    private boolean complete;

    Exchange(WebRequest request) {
      this.request = request;
    }

    Reply reply() {
      if (head == null) {
        throw new AssertionError("the client got no answer");
      }
      return new Reply(head.status(), head.fields(), body.toByteArray(), complete);
    }

    @Override
    public WebRequest request() {
      return request;
    }

    @Override
    public OutputStream respond(ResponseHead said) {
      if (head != null) {
        throw new AssertionError("the client got two answers");
      }
      head = said;
      return new OutputStream() {
        @Override
        public void write(int single) throws IOException {
          write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          client.take();
          body.write(bytes, offset, length);
        }

        @Override
        public void close() {
          complete = true;
        }
      };
    }

    @Override
    public void proceed(HttpFields fields, Responder responder) throws Exception {
      asked.incrementAndGet();
      app.handle(new Seen(request, fields), new Said(responder));
      responder.done();
    }
  }

  private record Seen(WebRequest request, HttpFields fields) implements App.Asked {
    @Override
    public String method() {
      return request.method();
    }

    @Override
    public String target() {
      return request.target();
    }

    @Override
    public String field(String name) {
      return fields.joined(name).orElse("");
    }

    @Override
    public List<String> names() {
      return fields.list().stream().map(Field::name).toList();
    }

    @Override
    public byte[] body() {
      return new byte[0];
    }
  }

  private static final class Said implements App.Answer {
    private final Responder responder;
    private final List<Field> fields = new ArrayList<>();
    private int status = 200;
    private long length = ResponseHead.UNKNOWN;

    Said(Responder responder) {
      this.responder = responder;
    }

    @Override
    public App.Answer status(int code) {
      status = code;
      return this;
    }

    @Override
    public App.Answer field(String name, String value) {
      fields.add(new Field(name, value));
      return this;
    }

    @Override
    public App.Answer length(long bytes) {
      length = bytes;
      return this;
    }

    @Override
    public OutputStream body() throws IOException {
      return responder.respond(ResponseHead.of(status, HttpFields.of(fields), length));
    }
  }
}
