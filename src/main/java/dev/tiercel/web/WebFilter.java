package dev.tiercel.web;

/**
 * Stands before a handler: answers in its place, or lets it answer and sees what it says. Made once
 * for many exchanges; thread-safe.
 */
@FunctionalInterface
public interface WebFilter {
  /**
   * Handles one exchange: answers it, or {@linkplain WebExchange#proceed proceeds}.
   *
   * @param exchange the exchange
   * @throws Exception what the handler threw, or if the client cannot be answered
   */
  void handle(WebExchange exchange) throws Exception;

  /**
   * This filter for the JDK's server: {@code server.createContext(path,
   * handler).getFilters().add(...)}. If the context has an authenticator, that is asked before this
   * filter; a {@link RateLimit} alone comes before it.
   *
   * @return the filter, thread-safe
   */
  default com.sun.net.httpserver.Filter forJdkServer() {
    return new JdkFilter(this);
  }

  /**
   * This filter for a servlet container. Map it to requests only, the default, and let it support
   * asynchronous handlers if there are any.
   *
   * @return the filter, thread-safe
   */
  default jakarta.servlet.Filter forServlets() {
    return ServletFilter.of(this);
  }
}
