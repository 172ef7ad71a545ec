package dev.tiercel.benchmarks.scorecard;

import java.nio.file.Path;

/** The child JVM of {@link HeapProbe}: lists everything once and prints how many tasks it saw. */
final class HeapChild {
  private HeapChild() {}

  public static void main(String[] args) {
    Path file = Path.of(args[1]);
    try (Side side = args[0].equals("naive") ? new NaiveRepository(file) : new TiercelSide(file)) {
      System.out.println(side.listEverything());
    }
  }
}
