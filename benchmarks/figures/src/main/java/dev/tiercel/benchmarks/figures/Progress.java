package dev.tiercel.benchmarks.figures;

import java.util.List;

/** Says how far it got and how long the rest takes, judged by how long the first rounds took. */
final class Progress {
  private final int runs;
  private int expectedLeft;
  private double expected;
  private double taken;

  Progress(List<Run> all) {
    this.runs = all.size();
    this.expectedLeft = all.stream().mapToInt(Run::expectedSeconds).sum();
  }

  /** Before a round. */
  void begins(int at, Run run, int round) {
    say(at, run, "round %d of %d".formatted(round, run.rounds()));
  }

  void say(int at, Run run, String what) {
    double pace = expected == 0 ? 1 : taken / expected;
    System.out.printf(
        "%d of %d, about %d min left: %s, %s%n",
        at, runs, Math.round(Math.ceil(expectedLeft * pace / 60)), run.name(), what);
  }

  /** After a round. */
  void took(Run run, double seconds) {
    expectedLeft -= run.seconds();
    expected += run.seconds();
    taken += seconds;
  }

  /** Rounds that need not be measured. */
  void spared(Run run, int rounds) {
    expectedLeft -= rounds * run.seconds();
  }
}
