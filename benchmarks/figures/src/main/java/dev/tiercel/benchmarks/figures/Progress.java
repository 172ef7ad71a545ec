package dev.tiercel.benchmarks.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says how far it got and how long the rest takes, judged by how long the first rounds took. */
final class Progress {
  private final Map<String, Integer> left = new HashMap<>();
  private double expected;
  private double taken;

  Progress(List<Run> all) {
    all.forEach(run -> left.put(run.name(), run.expectedSeconds()));
  }

  /** Before a round. */
  void begins(int at, Run run, int round) {
    say(at, run, "round %d of %d".formatted(round, run.rounds()));
  }

  void say(int at, Run run, String what) {
    System.out.printf(
        "%d of %d, about %d min left: %s, %s%n", at, left.size(), minutesLeft(), run.name(), what);
  }

  long minutesLeft() {
    double pace = expected == 0 ? 1 : taken / expected;
    int seconds = left.values().stream().mapToInt(Integer::intValue).sum();
    return Math.round(Math.ceil(seconds * pace / 60));
  }

  /** After a round. */
  void took(Run run, double seconds) {
    spared(run, 1);
    expected += run.seconds();
    taken += seconds;
  }

  /** Rounds that need not be measured. */
  void spared(Run run, int rounds) {
    left.merge(run.name(), -rounds * run.seconds(), Integer::sum);
  }

  /** Whatever rounds it still has are not measured. */
  void failed(Run run) {
    left.put(run.name(), 0);
  }
}
