package dev.tiercel.memory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Serves requests in real time and asks for no collection. It keeps what the newest thousands of
 * them made, which is more than is collected young: most of it is promoted and dies old. As {@code
 * leaking} it also keeps some megabytes of each second for ever. Says what the leak watch told.
 */
final class ServingProgram {
  private static final int KEPT = 4_000;
  private static final int LEAKED = 20_000;
  private static final int ENOUGH = 120;
  private static final long BETWEEN = 20_000_000;
  private static final long LIMIT = 15_000_000_000L;

  private static final Deque<byte[]> NEWEST = new ArrayDeque<>();
  private static final List<byte[]> LEAK = new ArrayList<>();

  private static int told;
  private static int sets;

  private ServingProgram() {}

  public static void main(String[] arguments) {
    long bytesPerSecond = arguments[0].equals("leaking") ? Long.parseLong(arguments[1]) : 0;
    MemoryProfiler profiler =
        MemoryProfiler.builder()
            .leakListener(
                verdict -> {
                  told++;
                  System.out.println("told " + verdict);
                })
            .build();
    Random random = new Random(42);
    long begin = System.nanoTime();
    long sample = 0;
    long garbage = 0;
    for (long now = 0;
        now < LIMIT && sets < ENOUGH && (told == 0 || bytesPerSecond == 0);
        now = System.nanoTime() - begin) {
      for (int i = 0; i < 4; i++) {
        garbage += new byte[random.nextInt(20_000)].length;
      }
      NEWEST.add(new byte[4_000 + random.nextInt(8_000)]);
      if (NEWEST.size() > KEPT) {
        NEWEST.remove();
      }
      while (LEAK.size() < now / 1e9 * bytesPerSecond / LEAKED) {
        LEAK.add(new byte[LEAKED]);
      }
      if (now >= sample) {
        sample = now + BETWEEN;
        sample(profiler);
      }
    }
    System.out.printf("%s after %d, %d requests%n", profiler.leak(), sets, garbage / 40_000);
  }

  private static void sample(MemoryProfiler profiler) {
    List<LiveSet> before = profiler.liveSets();
    profiler.sample();
    sets += profiler.liveSets().equals(before) ? 0 : 1;
  }
}
