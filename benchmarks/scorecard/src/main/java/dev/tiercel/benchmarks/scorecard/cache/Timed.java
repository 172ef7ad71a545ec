package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Side;

/** Adds up how long the answers took. */
final class Timed {
  private final Side side;
  private long reads;
  private long readNanos;
  private long writes;
  private long writeNanos;

  Timed(Side side) {
    this.side = side;
  }

  Object read(Read read) {
    long start = System.nanoTime();
    Object answer = read.from(side);
    readNanos += System.nanoTime() - start;
    reads++;
    return answer;
  }

  void write(Write write) {
    long start = System.nanoTime();
    write.to(side);
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
