package dev.tiercel.web;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A client with one connection that stays open: as little as can be between a reader and a server.
 */
final class KeptOpen implements AutoCloseable {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private String status = "";
  private boolean isHit;

  KeptOpen(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** The body of a response, whose length must be told. */
  String get(String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: here\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.ISO_8859_1));
    int length = 0;
    status = line();
    isHit = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(field.substring(15).strip());
      }
      isHit |= lower.startsWith("cache-status:") && lower.contains("hit");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  boolean isHit() {
    return isHit;
  }

  boolean isOk() {
    return status.startsWith("HTTP/1.1 200");
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int unit = in.read(); unit != '\n'; unit = in.read()) {
      if (unit < 0) {
        throw new IOException("the server hung up after " + line);
      }
      if (unit != '\r') {
        line.append((char) unit);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
