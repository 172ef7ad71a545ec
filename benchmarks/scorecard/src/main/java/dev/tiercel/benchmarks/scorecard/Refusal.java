package dev.tiercel.benchmarks.scorecard;

/** What was asked for cannot be measured; the message is all that the user needs. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  Refusal(String message) {
    super(message);
  }
}
