package dev.tiercel.tier;

import java.util.Arrays;

/** Entries of a {@link TierIndex}, as many as a segment may have, in one array of numbers. */
final class EntryList implements TierIndex.Sink {
  private static final int WIDTH = 3;

  private long[] numbers = new long[16 * WIDTH];
  private int size;

  @Override
  public void entry(long hash, long order, long place) {
    int at = size * WIDTH;
    if (at == numbers.length) {
      numbers = Arrays.copyOf(numbers, Math.multiplyExact(at, 2));
    }
    numbers[at] = hash;
    numbers[at + 1] = order;
    numbers[at + 2] = place;
    size++;
  }

  int size() {
    return size;
  }

  long hash(int i) {
    return numbers[i * WIDTH];
  }

  long order(int i) {
    return numbers[i * WIDTH + 1];
  }

  long place(int i) {
    return numbers[i * WIDTH + 2];
  }

  /** What the records cost. */
  long cost() {
    long cost = 0;
    for (int i = 0; i < size; i++) {
      cost += TierIndex.cost(place(i));
    }
    return cost;
  }
}
