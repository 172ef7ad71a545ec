package dev.tiercel.benchmarks.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Something that is measured in one go, several times over.
 *
 * @param name what it is called, and its file
 * @param subject what it is about
 * @param selection what JMH runs; a system property for the scorecard
 * @param timing how long JMH measures
 * @param rounds how often everything is measured, each time in JVMs of its own, one after the
 *     other; so that what the machine does meanwhile hits all peers alike
 * @param seconds how long a round takes, about
 */
record Run(String name, Subject subject, String selection, String timing, int rounds, int seconds) {
  private static final String USUAL = "-wi 2 -w 500ms -i 3 -r 700ms";
  private static final String QUICK = "-wi 2 -w 400ms -i 3 -r 400ms";

  /** Only for the JVMs that measure. A heap that grows is zeroed while the clock runs. */
  private static final String HEAP = "-Xms2g -Xmx2g -XX:+AlwaysPreTouch";

  private static final String TRIAL = "-wi 0 -i 1 -r 100ms";
  private static final String FOR_SCORECARD = "-D";

  /** Of benchmarks that take a time for each call. */
  static Run of(String name, Subject subject, String selection, int rounds, int seconds) {
    return new Run(name, subject, selection, USUAL, rounds, seconds);
  }

  /** Of benchmarks that take nanoseconds: half a second of them is many. */
  static Run quick(String name, Subject subject, String selection, int rounds, int seconds) {
    return new Run(name, subject, selection, QUICK, rounds, seconds);
  }

  /** Of benchmarks that know themselves how often they run. */
  static Run once(String name, Subject subject, String selection, int rounds, int seconds) {
    return new Run(name, subject, selection, "", rounds, seconds);
  }

  /** Of a part of the scorecard, which has rounds of its own. */
  static Run scorecard(String name, Subject subject, String part, int seconds) {
    return new Run(name, subject, "-Dpart=" + part, "", 1, seconds);
  }

  boolean isScorecard() {
    return selection.startsWith(FOR_SCORECARD);
  }

  /** The same, so short that its figures mean nothing. */
  Run trial() {
    return new Run(
        name, subject, selection, timing.isEmpty() ? "" : TRIAL, Math.min(rounds, 2), seconds);
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>(List.of(words().split(" ")));
    if (!isScorecard()) {
      arguments.addAll(List.of("-jvmArgsPrepend", HEAP));
    }
    return arguments;
  }

  private String words() {
    return isScorecard() ? selection : (selection + " -f 1 " + timing).strip();
  }

  /** What a reader types to see the same without all the rest. */
  String command() {
    return isScorecard()
        ? "mvn -f benchmarks " + selection
        : "mvn -f benchmarks -Djmh.args=\"%s -jvmArgsPrepend '%s'\"".formatted(words(), HEAP);
  }

  int expectedSeconds() {
    return rounds * seconds;
  }
}
