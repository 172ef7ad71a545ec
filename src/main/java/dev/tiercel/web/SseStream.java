package dev.tiercel.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The events that one client receives. A client that is slower than they come misses some: only the
 * newest waits for it. Thread-safe.
 */
final class SseStream {
  private final HttpExchange exchange;
  private final OutputStream body;
  private final SseStreams all;

  // Guarded by: this
  private byte @Nullable [] first;
  private byte @Nullable [] next;
  private boolean writing;
  private boolean closed;

  /**
   * Begins one whose head is sent.
   *
   * @param first the first event, which no other replaces
   */
  SseStream(HttpExchange exchange, byte[] first, SseStreams all) {
    this.exchange = exchange;
    this.body = exchange.getResponseBody();
    this.first = first;
    this.all = all;
  }

  /** Sends an event soon, or never if a newer one comes before its turn. */
  void offer(byte @Nullable [] event) {
    synchronized (this) {
      if (closed) {
        return;
      }
      next = event == null ? next : event;
      if (writing) {
        return;
      }
      writing = true;
    }
    run(this::write);
  }

  private void run(Runnable work) {
    try {
      all.threads().execute(work);
    } catch (RejectedExecutionException e) {
      end(); // The dashboard is being closed.
    }
  }

  /** Writes one event, so that the limit of time is one for each. */
  private void write() {
    try {
      byte[] event = take();
      if (event != null) {
        body.write(event);
        body.flush();
        run(this::write);
      }
    } catch (IOException | RuntimeException e) {
      end(); // The client is gone, or too slow.
    }
  }

  /** What is to be written now; null if there is nothing, or it is to end. */
  private byte @Nullable [] take() {
    boolean ends;
    synchronized (this) {
      byte[] event = first != null ? first : next;
      if (first != null) {
        first = null;
      } else {
        next = null;
      }
      ends = closed;
      writing = event != null && !ends;
      if (writing) {
        return event;
      }
    }
    if (ends) {
      end();
    }
    return null;
  }

  /** Ends the stream after the event that is being written. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (writing) {
        return; // Whoever writes sees it, or is interrupted.
      }
    }
    run(this::end);
  }

  private void end() {
    synchronized (this) {
      closed = true;
    }
    all.forget(this);
    exchange.close();
  }
}
