package dev.tiercel.memory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Serves requests as fast as it can, and asks for no collection. It keeps what so many of the
 * newest made, 8 KB each, which is more than is collected young: most of it is promoted and dies
 * old. Of each it also keeps so many bytes for ever. Time goes by requests, so that a busy machine
 * slows a leak as it slows the rest. Says what the leak watch told.
 */
final class ServingProgram {
  private static final int LEAKED = 20_000;
  private static final int ENOUGH = 80;
  private static final int MILLISECOND = 50;
  private static final long LIMIT = 60_000_000_000L;

  private static final Deque<byte[]> NEWEST = new ArrayDeque<>();
  private static final List<byte[]> LEAK = new ArrayList<>();

  private static long requests;
  private static int told;
  private static int sets;

  private ServingProgram() {}

  public static void main(String[] arguments) {
    int kept = Integer.parseInt(arguments[0]);
    long leaked = Long.parseLong(arguments[1]);
    MemoryProfiler profiler =
        MemoryProfiler.builder()
            .clock(() -> Instant.ofEpochMilli(requests / MILLISECOND))
            .leakWatch(LeakDetector.standard(), 200)
            .leakListener(
                verdict -> {
                  told++;
                  System.out.println("told " + verdict);
                })
            .build();
    Random random = new Random(42);
    long begin = System.nanoTime();
    long garbage = 0;
    while (leaked > 0 ? told == 0 : sets < ENOUGH) {
      requests++;
      for (int i = 0; i < 4; i++) {
        garbage += new byte[random.nextInt(20_000)].length;
      }
      NEWEST.add(new byte[4_000 + random.nextInt(8_000)]);
      if (NEWEST.size() > kept) {
        NEWEST.remove();
      }
      if (LEAK.size() * (long) LEAKED < leaked * requests) {
        LEAK.add(new byte[LEAKED]);
      }
      if (requests % (20 * MILLISECOND) == 0) {
        sample(profiler);
        if (System.nanoTime() - begin > LIMIT) {
          break;
        }
      }
    }
    System.out.printf(
        "%s after %d sets, %d requests, %d MB%n",
        profiler.leak(), sets, requests, garbage / 1_000_000);
  }

  private static void sample(MemoryProfiler profiler) {
    List<LiveSet> before = profiler.liveSets();
    profiler.sample();
    sets += profiler.liveSets().equals(before) ? 0 : 1;
  }
}
