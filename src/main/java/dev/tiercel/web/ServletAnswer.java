package dev.tiercel.web;

import dev.tiercel.web.HttpFields.Field;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a servlet answers, on its way to a {@link Responder}. Type, coding and language of the
 * content are left to the container, which knows their rules, and read from it when the response
 * begins.
 *
 * <p>A servlet that goes on asynchronously, or leaves an error to the container, answers the client
 * itself from then on.
 */
final class ServletAnswer extends HttpServletResponseWrapper {
  private final HttpServletResponse response;
  private final Responder responder;
  private final BooleanSupplier hasResponded;
  private final List<Field> fields = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  private final ServletBody body;
  private final List<String> cookiesBefore;
  private @Nullable PrintWriter writer;
  private boolean streaming;
  private int status = SC_OK;
  private long length = ResponseHead.UNKNOWN;
  private volatile boolean begun;
  private volatile boolean direct;
  private volatile boolean late;

  /**
   * @param hasResponded whether the client is answered, on which the responder decides
   */
  ServletAnswer(HttpServletResponse response, Responder responder, BooleanSupplier hasResponded) {
    super(response);
    this.response = response;
    this.responder = responder;
    this.hasResponded = hasResponded;
    this.cookiesBefore = List.copyOf(response.getHeaders("Set-Cookie"));
    this.body = new ServletBody(this, Math.max(1, response.getBufferSize()));
  }

  /** Begins the response; what came of the body so far is all of it, or some. */
  OutputStream begin(long known) throws IOException {
    begun = true;
    return responder.respond(head(known, true));
  }

  private ResponseHead head(long known, boolean isWhole) {
    List<Field> all = new ArrayList<>(fields);
    String type = response.getContentType();
    if (type != null) {
      HttpFields.addIfField(all, "Content-Type", type);
    }
    boolean isSaid = fields.stream().anyMatch(field -> field.is("Content-Language"));
    String language = response.getHeader("Content-Language");
    if (language != null && !isSaid) {
      HttpFields.addIfField(all, "Content-Language", language);
    }
    for (String cookie : response.getHeaders("Set-Cookie")) {
      if (!cookiesBefore.contains(cookie)) {
        HttpFields.addIfField(all, "Set-Cookie", cookie); // Of a session, by the container itself.
      }
    }
    // What a servlet has announced and not written yet is cut off.
    long size = length == ResponseHead.UNKNOWN ? known : length;
    if (length != ResponseHead.UNKNOWN) {
      all.add(new Field("Content-Length", Long.toString(length))); // For HEAD.
    }
    return new ResponseHead(status, HttpFields.of(all), size, isWhole);
  }

  /** Hands the response over to whoever goes on with it. */
  private void leave() throws IOException {
    if (!begun) {
      begun = true;
      responder.respond(head(ResponseHead.UNKNOWN, false));
      direct = true;
      if (streaming || writer != null) {
        body.leave(response);
      }
    }
  }

  /** The servlet has asked to go on asynchronously. */
  void goesOn(AsyncContext context) {
    late = true;
    context.addListener(new ServletEnd(this));
    try {
      leave();
    } catch (IOException e) {
      throw new IllegalStateException("the response cannot go on asynchronously", e);
    }
  }

  boolean isLate() {
    return late;
  }

  /** The servlet has returned: what it has written is all. */
  void end() throws IOException {
    boolean isAnsweredBeside = !begun && !hasResponded.getAsBoolean() && response.isCommitted();
    if (!direct && !isAnsweredBeside) {
      body.close();
    }
  }

  /** Nothing more comes from the servlet. */
  void over() {
    if (over.compareAndSet(false, true)) {
      responder.done();
    }
  }

  @Override
  public void sendError(int code, @Nullable String message) throws IOException {
    requireNotBegun();
    reset();
    status = code;
    begun = true;
    OutputStream out = responder.respond(head(ResponseHead.UNKNOWN, false));
    if (!hasResponded.getAsBoolean()) {
      body.discard();
      out.close(); // Whoever took it answers otherwise.
      return;
    }
    direct = true;
    if (message == null) {
      response.sendError(code);
    } else {
      response.sendError(code, message);
    }
  }

  @Override
  public void sendError(int code) throws IOException {
    sendError(code, null);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    requireNotBegun();
    resetBuffer();
    setStatus(SC_FOUND);
    setHeader("Location", location);
    body.close();
  }

  private void requireNotBegun() {
    if (begun) {
      throw new IllegalStateException("the response has begun");
    }
  }

  @Override
  public void setStatus(int code) {
    if (direct) {
      response.setStatus(code);
    } else if (!begun) {
      status = code;
    }
  }

  @Override
  public int getStatus() {
    return direct ? response.getStatus() : status;
  }

  @Override
  public void setHeader(String name, @Nullable String value) {
    if (direct) {
      response.setHeader(name, value);
    } else if (!begun && !isOfContent(name, value)) {
      fields.removeIf(field -> field.is(name));
      if (value != null) {
        HttpFields.addIfField(fields, name, value);
      }
    }
  }

  @Override
  public void addHeader(String name, @Nullable String value) {
    if (direct) {
      response.addHeader(name, value);
    } else if (!begun && value != null && !isOfContent(name, value)) {
      HttpFields.addIfField(fields, name, value);
    }
  }

  /** What is not kept as a field. */
  private boolean isOfContent(String name, @Nullable String value) {
    if (name.equalsIgnoreCase("Content-Type")) {
      setContentType(value);
      return true;
    }
    if (name.equalsIgnoreCase("Content-Length")) {
      length = value == null ? ResponseHead.UNKNOWN : Long.parseLong(value);
      return true;
    }
    return false;
  }

  @Override
  public void setContentType(@Nullable String type) {
    String coding = response.getCharacterEncoding();
    response.setContentType(type);
    if (writer != null && !direct && type != null) {
      response.setCharacterEncoding(coding); // The writer has begun with it.
    }
  }

  @Override
  public void setCharacterEncoding(@Nullable String coding) {
    if (writer == null || direct) {
      response.setCharacterEncoding(coding);
    }
  }

  @Override
  public void setDateHeader(String name, long date) {
    setHeader(name, date(date));
  }

  @Override
  public void addDateHeader(String name, long date) {
    addHeader(name, date(date));
  }

  private static String date(long millis) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC));
  }

  @Override
  public void setIntHeader(String name, int value) {
    setHeader(name, Integer.toString(value));
  }

  @Override
  public void addIntHeader(String name, int value) {
    addHeader(name, Integer.toString(value));
  }

  @Override
  public void addCookie(Cookie cookie) {
    if (direct) {
      response.addCookie(cookie);
    } else {
      addHeader("Set-Cookie", SetCookie.of(cookie));
    }
  }

  @Override
  public boolean containsHeader(String name) {
    return getHeader(name) != null;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return direct
        ? response.getHeader(name)
        : HttpFields.of(fields).first(name).orElseGet(() -> response.getHeader(name));
  }

  @Override
  public Collection<String> getHeaders(String name) {
    Collection<String> own = direct ? List.of() : HttpFields.of(fields).all(name);
    return own.isEmpty() ? response.getHeaders(name) : own;
  }

  @Override
  public Collection<String> getHeaderNames() {
    Set<String> names = new LinkedHashSet<>(response.getHeaderNames());
    if (!direct) {
      fields.forEach(field -> names.add(field.name()));
    }
    return names;
  }

  @Override
  public void setContentLength(int bytes) {
    setContentLengthLong(bytes);
  }

  @Override
  public void setContentLengthLong(long bytes) {
    if (direct) {
      response.setContentLengthLong(bytes);
    } else if (!begun) {
      length = bytes;
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (direct && !streaming && writer == null) {
      return response.getOutputStream();
    }
    if (writer != null) {
      throw new IllegalStateException("getWriter() has been called");
    }
    streaming = true;
    return body;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (direct && !streaming && writer == null) {
      return response.getWriter();
    }
    if (streaming) {
      throw new IllegalStateException("getOutputStream() has been called");
    }
    PrintWriter made = writer;
    if (made == null) {
      String coding = response.getCharacterEncoding();
      response.setCharacterEncoding(coding); // From here on it is said in the type.
      made = new PrintWriter(new BodyWriter(body, Charset.forName(coding)));
      writer = made;
    }
    return made;
  }

  @Override
  public void flushBuffer() throws IOException {
    if (direct) {
      response.flushBuffer();
    } else {
      body.flush();
    }
  }

  @Override
  public boolean isCommitted() {
    return direct ? response.isCommitted() : begun;
  }

  @Override
  public void resetBuffer() {
    if (direct) {
      response.resetBuffer();
    } else {
      requireNotBegun();
      body.clear();
      length = ResponseHead.UNKNOWN;
    }
  }

  @Override
  public void reset() {
    if (direct) {
      response.reset();
    } else {
      resetBuffer();
      fields.clear();
      status = SC_OK;
      writer = null;
      streaming = false;
      response.setContentType(null);
    }
  }
}
