package dev.tiercel.web;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty. */
final class JettyTestServer extends TestServer {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);

  JettyTestServer(WebFilter filter, App app) throws Exception {
    this(filter, new AppServlet(app));
  }

  JettyTestServer(WebFilter filter, HttpServlet servlet) throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
    Filter outer =
        (request, response, chain) -> {
          if (((HttpServletRequest) request).getHeader("X-Outer") != null) {
            HttpServletResponse answered = (HttpServletResponse) response;
            answered.setHeader("X-Frame-Options", "DENY");
            answered.setHeader("Vary", "Origin");
            answered.setHeader("Set-Cookie", "outer=1");
          }
          chain.doFilter(named((HttpServletRequest) request), response);
        };
    FilterHolder around = new FilterHolder(outer);
    around.setAsyncSupported(true);
    context.addFilter(around, "/*", EnumSet.of(DispatcherType.REQUEST));
    FilterHolder holder = new FilterHolder(filter.forServlets());
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.of(DispatcherType.REQUEST));
    ServletHolder served = new ServletHolder(servlet);
    served.setAsyncSupported(true);
    context.addServlet(served, "/*");
    server.setHandler(context);
    server.start();
  }

  /** As a proxy's fields make a container change what it says of itself and of the client. */
  private static HttpServletRequest named(HttpServletRequest request) {
    String server = request.getHeader("X-Server");
    String user = request.getHeader("X-User");
    if (request.getHeader("X-Certificate") != null) {
      request.setAttribute("jakarta.servlet.request.X509Certificate", new X509Certificate[0]);
    }
    return new HttpServletRequestWrapper(request) {
      @Override
      public String getServerName() {
        return server == null ? super.getServerName() : server;
      }

      @Override
      public Principal getUserPrincipal() {
        return user == null ? super.getUserPrincipal() : () -> user;
      }
    };
  }

  @Override
  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class AppServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final transient App app;

    AppServlet(App app) {
      this.app = app;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      try {
        app.handle(new ServletAsked(request), new ServletAppAnswer(response));
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new ServletException(e);
      }
    }
  }

  private record ServletAsked(HttpServletRequest request) implements App.Asked {
    @Override
    public String method() {
      return request.getMethod();
    }

    @Override
    public String target() {
      String query = request.getQueryString();
      return query == null ? request.getRequestURI() : request.getRequestURI() + '?' + query;
    }

    @Override
    public String field(String name) {
      return String.join(", ", Collections.list(request.getHeaders(name)));
    }

    @Override
    public List<String> names() {
      return Collections.list(request.getHeaderNames());
    }

    @Override
    public byte[] body() throws IOException {
      return request.getInputStream().readAllBytes();
    }
  }

  private record ServletAppAnswer(HttpServletResponse response) implements App.Answer {
    @Override
    public App.Answer status(int code) {
      response.setStatus(code);
      return this;
    }

    @Override
    public App.Answer field(String name, String value) {
      response.addHeader(name, value);
      return this;
    }

    @Override
    public App.Answer length(long bytes) {
      response.setContentLengthLong(bytes);
      return this;
    }

    @Override
    public OutputStream body() throws IOException {
      return response.getOutputStream();
    }
  }
}
