package dev.tiercel.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;

/** A {@link WebFilter} in the JDK's server. */
final class JdkFilter extends Filter {
  private final WebFilter filter;

  JdkFilter(WebFilter filter) {
    this.filter = filter;
  }

  @Override
  public String description() {
    return "Tiercel " + filter.getClass().getSimpleName();
  }

  @Override
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    try {
      filter.handle(new JdkExchange(exchange, chain));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
