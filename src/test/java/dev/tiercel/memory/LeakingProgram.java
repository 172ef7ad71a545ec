package dev.tiercel.memory;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Serves made-up requests, with a sample after each second of made-up time. As {@code leaking} it
 * keeps a megabyte of each second for ever, as {@code steady} for a few seconds, and as {@code
 * filling} up to thirty. Says the verdict.
 */
final class LeakingProgram {
  private static final int MEGABYTE = 1_000_000;

  private static long second;

  private LeakingProgram() {}

  public static void main(String[] arguments) {
    Random random = new Random(42);
    List<byte[][]> kept = new ArrayList<>();
    Deque<byte[]> underWay = new ArrayDeque<>();
    MemoryProfiler profiler =
        MemoryProfiler.builder().clock(() -> Instant.ofEpochSecond(second)).build();
    for (second = 0; second < Long.parseLong(arguments[1]); second++) {
      long garbage = 0;
      for (int i = 0; i < 50; i++) {
        garbage += new byte[1 + random.nextInt(MEGABYTE / 5)].length;
      }
      underWay.add(new byte[(int) Math.min(garbage, 2L * MEGABYTE)]);
      while (underWay.size() > 2 + random.nextInt(3)) {
        underWay.remove();
      }
      if (arguments[0].equals("leaking") || (arguments[0].equals("filling") && kept.size() < 30)) {
        kept.add(new byte[10][MEGABYTE / 10]); // In one piece some collectors take twice the room.
      }
      System.gc();
      profiler.sample();
      if (second < 60 && profiler.leak().isLeak()) {
        System.out.println("leak within sixty: " + profiler.leak());
        return;
      }
    }
    System.out.println(profiler.leak() + " " + kept.size() + " kept");
  }
}
