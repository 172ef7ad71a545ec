package dev.tiercel.benchmarks.scorecard.cache;

import java.util.Arrays;
import java.util.Random;

/** Draws what few are asked for often and most hardly ever: the n-th as often as 1 / n^0.99. */
public final class Zipf {
  private static final double EXPONENT = 0.99;

  private final double[] upTo;
  private final int[] shuffled;

  /**
   * Over numbers from 0.
   *
   * @param count how many
   * @param order decides which of them is the most popular, and so on
   */
  public Zipf(int count, Random order) {
    upTo = new double[count];
    shuffled = new int[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += Math.pow(i + 1, -EXPONENT);
      upTo[i] = sum;
      int other = order.nextInt(i + 1);
      shuffled[i] = shuffled[other];
      shuffled[other] = i;
    }
  }

  /**
   * Draws.
   *
   * @param random by which
   * @return a number from 0
   */
  public int next(Random random) {
    int place = Arrays.binarySearch(upTo, random.nextDouble() * upTo[upTo.length - 1]);
    return shuffled[place >= 0 ? place : Math.min(-place - 1, upTo.length - 1)];
  }
}
