package dev.tiercel.web;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A {@link WebFilter} in a servlet container. */
final class ServletFilter implements Filter {
  private final WebFilter filter;

  private ServletFilter(WebFilter filter) {
    this.filter = filter;
  }

  /* With the type of the API: to return the class itself as a Filter, its caller would be loaded
  only where the API is, and the JDK's server needs no such thing. */
  static Filter of(WebFilter filter) {
    return new ServletFilter(filter);
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest asked)
        || !(response instanceof HttpServletResponse answered)) {
      chain.doFilter(request, response);
      return;
    }
    try {
      filter.handle(new ServletExchange(asked, answered, chain));
    } catch (IOException | ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }
}
