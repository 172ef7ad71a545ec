package dev.tiercel.web;

import com.sun.net.httpserver.HttpServer;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;

/** Serves the tasks of a file until its standard input ends, then prints the heap's peak. */
final class NdjsonServer {
  private NdjsonServer() {}

  public static void main(String[] arguments) throws Exception {
    try (SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(Path.of(arguments[0])), false, InstantSource.system())) {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/tasks", TaskListing.stream(tasks).handler());
      server.start();
      System.out.println(server.getAddress().getPort());
      while (System.in.read() >= 0) {
        // Wait for its end.
      }
      server.stop(0);
    }
    System.out.println(Runtime.getRuntime().totalMemory());
  }
}
