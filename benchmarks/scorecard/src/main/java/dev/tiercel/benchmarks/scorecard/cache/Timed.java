package dev.tiercel.benchmarks.scorecard.cache;

/** Adds up how long the answers took. */
final class Timed implements Answers {
  private final Answers answers;
  private long reads;
  private long readNanos;
  private long writes;
  private long writeNanos;

  Timed(Answers answers) {
    this.answers = answers;
  }

  @Override
  public Object read(Read read) {
    long start = System.nanoTime();
    Object answer = answers.read(read);
    readNanos += System.nanoTime() - start;
    reads++;
    return answer;
  }

  @Override
  public void write(Write write) {
    long start = System.nanoTime();
    answers.write(write);
    writeNanos += System.nanoTime() - start;
    writes++;
  }

  double readMicros() {
    return readNanos / 1e3 / reads;
  }

  double writeMicros() {
    return writeNanos / 1e3 / writes;
  }

  double operationMicros() {
    return (readNanos + writeNanos) / 1e3 / (reads + writes);
  }
}
