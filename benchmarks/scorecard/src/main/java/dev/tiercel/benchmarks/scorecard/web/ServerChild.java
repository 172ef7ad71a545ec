package dev.tiercel.benchmarks.scorecard.web;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** The process of a server: prints its port, and runs until its input ends. */
final class ServerChild {
  static final int THREADS = 64;
  private static final int BACKLOG = 256;

  private ServerChild() {}

  public static void main(String[] args) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(Executors.newFixedThreadPool(THREADS));
    Site.valueOf(args[0]).mount(server, args[1]);
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Whoever started it is still there.
    }
    Runtime.getRuntime().halt(0);
  }
}
