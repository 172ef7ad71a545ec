package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.web.DashboardPlace.Events;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Streams of events, and clients of every kind. */
class SseStreamsTest {
  private static DashboardBuilder builder() {
    return Dashboard.of(DashboardPlace.pool("lanes"));
  }

  private static void soon(DashboardPlace place, BooleanSupplier truth) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!truth.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to be");
      place.handler.tick();
      Thread.onSpinWait();
    }
  }

  @Test
  void whoComesIsToldWhatWasAndThenWhatIs() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/d")) {
      place.second();
      place.second();
      try (Events events = place.events()) {
        assertEquals("HTTP/1.1 200 OK", events.status);
        String hello = events.next("hello");
        assertNotNull(hello);
        assertTrue(hello.contains("\"pools\":{\"lanes\":[5,5,5]}"), hello);
        assertTrue(hello.contains("\"actions\":false"), hello);
        place.second();
        String sample = events.next("sample");
        assertNotNull(sample);
        assertTrue(sample.contains("[\"waiting\",\"lanes\",2]"), sample);
      }
    }
  }

  @Test
  void aServerWithOneThreadIsNotHeldUp() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/d");
        Events first = place.events();
        Events second = place.events()) {
      assertNotNull(first.next("hello"));
      assertNotNull(second.next("hello"));
      assertEquals(200, place.get("/figures").status());
      place.second();
      assertNotNull(first.next("sample"));
      assertNotNull(second.next("sample"));
    }
  }

  @Test
  void noMoreThanSoManyMayWatch() throws IOException {
    List<Events> open = new ArrayList<>();
    try (DashboardPlace place = new DashboardPlace(builder().streams(7), "/d")) {
      for (int i = 0; i < 1_000; i++) {
        Events events = place.events("Connection: close");
        if (i < 7) {
          assertEquals("HTTP/1.1 200 OK", events.status);
          open.add(events);
        } else {
          assertEquals("HTTP/1.1 503 Service Unavailable", events.status);
          events.close();
        }
      }
      assertEquals(7, place.handler.streams());
      open.remove(3).close();
      soon(place, () -> place.handler.streams() == 6);
      try (Events next = place.events()) {
        assertEquals("HTTP/1.1 200 OK", next.status);
      }
    } finally {
      for (Events events : open) {
        events.close();
      }
    }
  }

  @Test
  void whoHangsUpIsForgotten() throws IOException {
    try (DashboardPlace place = new DashboardPlace(builder(), "/d")) {
      for (int i = 0; i < 50; i++) {
        try (Events events = place.events()) {
          assertNotNull(events.next("hello"));
          events.socket.setSoLinger(i % 2 == 0, 0); // With a reset, or without.
        }
        soon(place, () -> place.handler.streams() == 0);
      }
    }
  }

  @Test
  void whoDoesNotReadLosesTheStreamAndHoldsNobodyUp() throws IOException {
    DashboardBuilder large = Dashboard.of();
    for (int i = 0; i < 300; i++) {
      large.add(DashboardPlace.pool(i + "x".repeat(300)));
    }
    try (DashboardPlace place = new DashboardPlace(large, "/d");
        Events slow = new Events(place, 4_096);
        Events quick = place.events()) {
      assertNotNull(quick.next("hello"));
      assertEquals("HTTP/1.1 200 OK", slow.status);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (place.handler.streams() == 2) {
        assertTrue(System.nanoTime() < end, "the slow one was never given up");
        place.second();
        assertNotNull(quick.next("sample"));
      }
      place.second();
      assertNotNull(quick.next("sample"));
      assertEquals(1, place.handler.streams());
    }
  }

  @Test
  void closingEndsEveryStreamAndEveryThread() throws Exception {
    DashboardPlace place = new DashboardPlace(builder(), "/d");
    try (Events reading = place.events("Connection: close");
        Events silent = new Events(place, 4_096)) {
      assertNotNull(reading.next("hello"));
      place.handler.close();
      assertNull(reading.next("never"), "the stream has an end");
      assertEquals(0, place.handler.streams());
      assertEquals("HTTP/1.1 200 OK", silent.status);
    } finally {
      place.close();
    }
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("tiercel-dashboard")) {
        thread.join(30_000);
        assertTrue(!thread.isAlive(), "a thread is left");
      }
    }
  }

  @Test
  void halfARequestDoesNotHoldTheOwnServerUp() throws IOException {
    AtomicLong nanos = new AtomicLong();
    StillTimer timer = new StillTimer();
    List<Socket> halves = new ArrayList<>();
    try (Dashboard dashboard = builder().ticker(nanos::get).timer(timer).start()) {
      for (int i = 0; i < 40; i++) { // More than there are threads.
        Socket half = new Socket(InetAddress.getLoopbackAddress(), dashboard.uri().getPort());
        half.setSoTimeout(30_000);
        half.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
        halves.add(half);
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      Socket first = halves.get(0);
      first.setSoTimeout(20);
      boolean isOpen = true;
      while (isOpen) {
        assertTrue(System.nanoTime() < end, "the half was never given up");
        nanos.addAndGet(DashboardThreads.LIMIT.toNanos() + 1);
        dashboard.handler().tick();
        try {
          isOpen = first.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
          isOpen = true;
        } catch (IOException e) {
          isOpen = false;
        }
      }
    } finally {
      for (Socket half : halves) {
        half.close();
      }
      timer.shutdownNow();
    }
  }
}
