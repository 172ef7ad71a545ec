package dev.tiercel.soak;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What must not happen and did; the first of it ends the run. Thread-safe. */
final class Complaints {
  private static final int MOST = 20;

  private final List<String> texts = new ArrayList<>(); // Guarded by: itself
  private final CountDownLatch first = new CountDownLatch(1);

  void add(String text) {
    synchronized (texts) {
      if (texts.size() < MOST) {
        texts.add(text);
      }
    }
    first.countDown();
  }

  void add(String where, Throwable unexpected) {
    StringWriter trace = new StringWriter();
    unexpected.printStackTrace(new PrintWriter(trace));
    add(where + " failed: " + trace);
  }

  /** Waits until there is one, or a time is over; returns whether there is one. */
  boolean await(long millis) throws InterruptedException {
    return first.await(millis, TimeUnit.MILLISECONDS);
  }

  List<String> all() {
    synchronized (texts) {
      return List.copyOf(texts);
    }
  }
}
