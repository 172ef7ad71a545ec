package dev.tiercel.web;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;

/**
 * A {@link WebFilter} in the JDK's server. The server itself would ask the authenticator of a
 * context behind all filters, when one of them may have answered already, and for exchanges of its
 * own only: so a filter asks it first. A {@link RateLimit} asks it when it lets the request pass,
 * since it limits attempts too.
 */
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
    HttpContext context = exchange.getHttpContext();
    boolean isOpen = context.getAuthenticator() == null;
    JdkExchange asked = new JdkExchange(exchange, isOpen ? chain : behind(context));
    if (!(filter instanceof RateLimit) && !asked.authenticate()) {
      return;
    }
    try {
      filter.handle(asked);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }

  /** What is behind this filter, without the authenticator. */
  private Chain behind(HttpContext context) {
    List<Filter> filters = List.copyOf(context.getFilters());
    int own = filters.indexOf(this);
    if (own < 0) {
      throw new IllegalStateException(
          "the context "
              + context.getPath()
              + " has an authenticator, so this filter must be one of its getFilters() itself, not"
              + " wrapped in another");
    }
    return new Chain(filters.subList(own + 1, filters.size()), context.getHandler());
  }
}
