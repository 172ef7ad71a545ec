package dev.tiercel.benchmarks.scorecard.web;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A connection that stays open, and the response that comes in on it. */
final class Connection implements AutoCloseable {
  private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *([0-9]+)\r\n");
  private static final int STATUS = "HTTP/1.1 ".length();
  private static final int FIRST = 128 << 10;
  private static final int HEAD = 4 << 10;
  private static final int SHOWN = 1_000;
  private static final int UNKNOWN = -1;

  private final SocketChannel channel;
  private ByteBuffer in = ByteBuffer.allocateDirect(FIRST);
  private int head = UNKNOWN;
  private int whole = UNKNOWN;
  private int status;
  private long begun;

  /** What was sent last. */
  Request request;

  Connection(int port, Selector selector) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends a request, and forgets the response before it. */
  void begin(byte[] bytes) throws IOException {
    in.clear();
    head = UNKNOWN;
    whole = UNKNOWN;
    begun = System.nanoTime();
    int sent = channel.write(ByteBuffer.wrap(bytes));
    if (sent < bytes.length) {
      throw new IOException("the server took only " + sent + " bytes of a request");
    }
  }

  /** Takes what has come; true once the response is whole. */
  boolean receive() throws IOException {
    int count;
    while ((count = channel.read(in)) > 0) {
      if (head == UNKNOWN) {
        readHead();
      }
      if (whole != UNKNOWN && in.position() >= whole) {
        if (in.position() > whole) {
          throw new IOException("more came than one response: " + text());
        }
        return true;
      }
    }
    if (count < 0) {
      throw new EOFException("the server closed a connection, after " + in.position() + " bytes");
    }
    return false;
  }

  private void readHead() throws IOException {
    String text = text(HEAD);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return;
    }
    head = end + 4;
    status = Integer.parseInt(text.substring(STATUS, STATUS + 3));
    Matcher length = LENGTH.matcher(text.substring(0, head).toLowerCase(Locale.ROOT));
    if (length.find()) {
      whole = head + Integer.parseInt(length.group(1));
    } else if (status == 204) {
      whole = head;
    } else {
      throw new IOException("a response has no length: " + text());
    }
    if (whole > in.capacity()) {
      ByteBuffer larger = ByteBuffer.allocateDirect(2 * whole);
      in = larger.put(in.flip());
    }
  }

  int status() {
    return status;
  }

  /** When the request was sent. */
  long begun() {
    return begun;
  }

  byte[] body() {
    byte[] body = new byte[whole - head];
    in.get(head, body);
    return body;
  }

  /** The beginning of the response, for people. */
  String text() {
    return text(SHOWN);
  }

  private String text(int most) {
    byte[] bytes = new byte[Math.min(most, in.position())];
    in.get(0, bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
