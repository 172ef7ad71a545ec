package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MonitorInfo;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * No monitor is held while a client is written to: until JDK 24 a virtual thread that waits for a
 * slow one would keep its carrier.
 */
class MonitorTest {
  private static final String FRESH = "max-age=10, stale-if-error=60";

  private final AtomicInteger writes = new AtomicInteger();

  /** Which monitors of ours this thread holds. */
  static List<String> held() {
    long self = Thread.currentThread().getId();
    MonitorInfo[] all =
        ManagementFactory.getThreadMXBean()
            .getThreadInfo(new long[] {self}, true, false)[0]
            .getLockedMonitors();
    return Arrays.stream(all)
        .map(MonitorInfo::getClassName)
        .filter(name -> name.startsWith("dev.tiercel"))
        .toList();
  }

  private void take() {
    writes.incrementAndGet();
    assertEquals(List.of(), held());
  }

  @Test
  void whateverBecomesOfTheResponse() throws Exception {
    App app =
        (asked, answer) -> {
          switch (asked.target()) {
            case "/kept" -> answer.field("Cache-Control", FRESH).text("kept");
            case "/passes" -> answer.field("Cache-Control", "no-store").text("passes");
            case "/long" -> answer.field("Cache-Control", FRESH).streams("longer than is kept");
            default -> throw new IOException("no disk");
          }
        };
    try (Bench bench = new Bench(builder -> builder.maxBody(8), app)) {
      bench.client = this::take;
      for (String target : List.of("/kept", "/kept", "/passes", "/long")) {
        bench.get(target);
      }
      bench.send("POST", "/kept");
      assertThrows(IOException.class, () -> bench.get("/fails"));
      assertTrue(writes.get() >= 5);
    }
  }

  @Test
  void norWhereAnErrorIsCoveredUp() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    App app =
        (request, answer) -> {
          if (asked.incrementAndGet() > 1) {
            throw new IOException("no disk");
          }
          answer.field("Cache-Control", FRESH).text("kept");
        };
    try (Bench bench = new Bench(builder -> builder, app)) {
      bench.client = this::take;
      bench.get("/");
      bench.pass(20);
      assertEquals("kept", bench.get("/").text());
      assertEquals(2, writes.get());
    }
  }

  @Test
  void oneWouldBeSeen() {
    synchronized (this) {
      assertTrue(held().contains(MonitorTest.class.getName()));
    }
  }
}
