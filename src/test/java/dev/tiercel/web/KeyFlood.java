package dev.tiercel.web;

import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Asks a rate limit with a million keys and prints what is kept of them. */
final class KeyFlood {
  private KeyFlood() {}

  public static void main(String[] arguments) throws Exception {
    RateLimit limit =
        RateLimit.of(100, Duration.ofMinutes(1))
            .key(request -> request.target() + "-".repeat(40))
            .build();
    long before = used();
    for (int i = 0; i < 1_000_000; i++) {
      WebRequest request =
          new WebRequest("GET", "http", "", "/" + i, HttpFields.none(), "127.0.0.1");
      limit.handle(new Passing(request));
    }
    System.out.println(limit.stats().keys() + " " + (used() - before));
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private record Passing(WebRequest request) implements WebExchange {
    @Override
    public void proceed(HttpFields fields, Responder responder) {}

    @Override
    public OutputStream respond(ResponseHead head) {
      return OutputStream.nullOutputStream();
    }
  }
}
