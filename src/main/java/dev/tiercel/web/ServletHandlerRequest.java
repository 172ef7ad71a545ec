package dev.tiercel.web;

import dev.tiercel.web.HttpFields.Field;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The request that a servlet sees: the client's, but for its header fields. */
final class ServletHandlerRequest extends HttpServletRequestWrapper {
  private final HttpFields fields;
  private final ServletAnswer answer;

  ServletHandlerRequest(HttpServletRequest request, HttpFields fields, ServletAnswer answer) {
    super(request);
    this.fields = fields;
    this.answer = answer;
  }

  @Override
  public @Nullable String getHeader(String name) {
    return fields.first(name).orElse(null);
  }

  @Override
  public Enumeration<String> getHeaders(String name) {
    return Collections.enumeration(fields.all(name));
  }

  @Override
  public Enumeration<String> getHeaderNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (Field field : fields.list()) {
      names.add(field.name());
    }
    return Collections.enumeration(names);
  }

  @Override
  public long getDateHeader(String name) {
    String value = getHeader(name);
    if (value == null) {
      return -1;
    }
    try {
      return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + " is not a date, but " + value, e);
    }
  }

  @Override
  public int getIntHeader(String name) {
    String value = getHeader(name);
    return value == null ? -1 : Integer.parseInt(value);
  }

  @Override
  public AsyncContext startAsync() {
    return startAsync(this, answer);
  }

  @Override
  public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    AsyncContext context = super.startAsync(request, response);
    answer.goesOn(context);
    return context;
  }
}
