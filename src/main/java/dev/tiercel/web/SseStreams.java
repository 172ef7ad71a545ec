package dev.tiercel.web;

import com.sun.net.httpserver.HttpExchange;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams of events that are open: never more than so many. Thread-safe. */
final class SseStreams {
  private final int most;
  private final DashboardThreads threads;
  private final AtomicInteger taken = new AtomicInteger();
  private final Set<SseStream> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  SseStreams(int most, DashboardThreads threads) {
    this.most = most;
    this.threads = threads;
  }

  DashboardThreads threads() {
    return threads;
  }

  int count() {
    return open.size();
  }

  /** Takes a place for one more stream; false if there is none left. */
  boolean enter() {
    return taken.getAndUpdate(now -> now < most ? now + 1 : now) < most;
  }

  /** Gives back a place that was taken and not used. */
  void leave() {
    taken.decrementAndGet();
  }

  /**
   * Begins a stream in the place that was taken. Its head is sent; nobody else uses it any more.
   *
   * @param first its first event
   */
  void begin(HttpExchange exchange, byte[] first) {
    SseStream stream = new SseStream(exchange, first, this);
    open.add(stream);
    stream.offer(null);
    if (closed) {
      stream.close();
    }
  }

  void send(byte[] event) {
    open.forEach(stream -> stream.offer(event));
  }

  void forget(SseStream stream) {
    if (open.remove(stream)) {
      leave();
    }
  }

  void close() {
    closed = true;
    open.forEach(SseStream::close);
  }
}
