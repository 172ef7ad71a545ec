package dev.tiercel.web;

import dev.tiercel.web.HttpFields.Field;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** An exchange of a servlet container. */
final class ServletExchange implements WebExchange {
  private final HttpServletRequest asked;
  private final HttpServletResponse answered;
  private final FilterChain chain;
  private final WebRequest request;
  private boolean hasResponded;

  ServletExchange(HttpServletRequest asked, HttpServletResponse answered, FilterChain chain) {
    this.asked = asked;
    this.answered = answered;
    this.chain = chain;
    this.request = request(asked);
  }

  private static WebRequest request(HttpServletRequest asked) {
    List<Field> fields = new ArrayList<>();
    for (String name : Collections.list(asked.getHeaderNames())) {
      for (String value : Collections.list(asked.getHeaders(name))) {
        HttpFields.addIfField(fields, name, value);
      }
    }
    HttpFields all = HttpFields.of(fields);
    String query = asked.getQueryString();
    return new WebRequest(
        asked.getMethod(),
        asked.getScheme(),
        authority(asked, all),
        query == null ? asked.getRequestURI() : asked.getRequestURI() + '?' + query,
        all,
        asked.getRemoteAddr());
  }

  /* Handlers make links of what the container says, which is not what stands in Host behind a proxy. */
  private static String authority(HttpServletRequest asked, HttpFields fields) {
    String name = asked.getServerName();
    String full = name + ':' + asked.getServerPort();
    return fields.first("Host").filter(name::equalsIgnoreCase).orElse(full);
  }

  @Override
  public WebRequest request() {
    return request;
  }

  @Override
  public boolean isAuthenticated() {
    return asked.getUserPrincipal() != null
        || asked.getAttribute("jakarta.servlet.request.X509Certificate") != null;
  }

  @Override
  public void proceed(HttpFields fields, Responder responder) throws IOException, ServletException {
    ServletAnswer answer = new ServletAnswer(answered, responder, () -> hasResponded);
    ServletHandlerRequest seen = new ServletHandlerRequest(asked, fields, answer);
    boolean returned = false;
    try {
      chain.doFilter(seen, answer);
      returned = true;
    } finally {
      if (!returned) {
        answer.over();
      }
    }
    if (!answer.isLate()) {
      try {
        answer.end();
      } finally {
        answer.over();
      }
    }
  }

  /** Beside what filters around this one have set. */
  @Override
  public OutputStream respond(ResponseHead head) throws IOException {
    hasResponded = true;
    answered.setStatus(head.status());
    boolean hasBody = head.hasBody(request.method());
    Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    answered.setContentType(head.fields().first("Content-Type").orElse(null));
    for (Field field : head.fields().list()) {
      boolean isOfTransfer =
          field.is("Content-Type")
              || field.is("Transfer-Encoding")
              || (hasBody && field.is("Content-Length"));
      boolean isOfSession =
          field.is("Set-Cookie") && answered.getHeaders("Set-Cookie").contains(field.value());
      if (isOfTransfer || isOfSession) {
        continue;
      }
      if (!field.adds() && set.add(field.name())) {
        answered.setHeader(field.name(), field.value());
      } else {
        answered.addHeader(field.name(), field.value());
      }
    }
    boolean isSized = request.isHead() && !head.fields().has("Content-Length");
    if (hasBody ? head.length() != ResponseHead.UNKNOWN : isSized && head.length() > 0) {
      answered.setContentLengthLong(head.length());
    }
    if (!head.isWhole()) {
      return OutputStream.nullOutputStream(); // Whoever goes on chooses between stream and writer.
    }
    return hasBody ? answered.getOutputStream() : new Bodiless(answered.getOutputStream());
  }

  /** Swallows what is written to a response without a body. */
  private static final class Bodiless extends OutputStream {
    private final OutputStream out;

    Bodiless(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int single) {}

    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
