package dev.tiercel.benchmarks.scorecard.cache;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What an application asks for and writes, one after the other, the same at every run: 95 % are
 * {@link Reads}, the others {@link Writes}.
 */
final class Trace {
  private static final long SEED = 11;
  private static final int READS = 95;

  private Trace() {}

  static List<Operation> of(Team team, int length) {
    Random random = new Random(SEED);
    Reads reads = new Reads(team, random);
    Writes writes = new Writes(team, random, 0, 1);
    return IntStream.range(0, length)
        .<Operation>mapToObj(i -> random.nextInt(100) < READS ? reads.any() : writes.next())
        .toList();
  }
}
