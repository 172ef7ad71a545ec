package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/** Nobody gets more than the limit, whatever becomes of its bucket, and memory is bounded. */
class RateLimitWindowTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 250;
  private static final int EACH = 500; // 1,000,000 requests in all.
  private static final int STEADY = 8;
  private static final int KEYS = 3_000;
  private static final int MOST = 64;
  private static final long CAPACITY = 20;
  private static final long PER_SECOND = 10;

  private final SetTime time = new SetTime();
  private final Buckets buckets =
      new Buckets(CAPACITY, PER_SECOND, Duration.ofSeconds(1), time, MOST);

  /** How many requests of each key passed in each round. */
  private final List<AtomicIntegerArray> passed = new ArrayList<>();

  private final long[] times = new long[ROUNDS];

  @Test
  void neverMoreThanCapacityAndWhatFlowsInInAnyWindow() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      passed.add(new AtomicIntegerArray(KEYS));
    }
    Random pace = new Random(7);
    int[] round = {0};
    CyclicBarrier barrier =
        new CyclicBarrier(
            THREADS,
            () -> {
              // Now and then a rest in which all buckets become full but those of the steady.
              boolean rest = pace.nextInt(20) == 0;
              time.advance(Duration.ofMillis(rest ? 1_900 : pace.nextInt(300)));
              times[Math.min(round[0]++, ROUNDS - 1)] = time.getAsLong();
            });
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<?>> runs = new ArrayList<>();
    try {
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        runs.add(
            threads.submit(
                () -> {
                  requests(number, barrier);
                  return null;
                }));
      }
      for (Future<?> run : runs) {
        run.get(5, TimeUnit.MINUTES);
      }
    } finally {
      threads.shutdownNow();
    }

    for (int key = 0; key < KEYS; key++) {
      assertTrue(mostAboveRate(key) <= CAPACITY, "key " + key + " got more");
    }
    long span = times[ROUNDS - 1] - times[0];
    for (int key = 0; key < STEADY; key++) {
      double due = PER_SECOND * (span / 1e9);
      assertTrue(total(key) >= due - 1, "key " + key + " asks all the time and got less");
    }
    assertTrue(buckets.size() <= MOST);
  }

  private void requests(int thread, CyclicBarrier barrier) throws Exception {
    Random random = new Random(thread);
    for (int round = 0; round < ROUNDS; round++) {
      barrier.await(1, TimeUnit.MINUTES);
      for (int i = 0; i < EACH; i++) {
        // Few who ask all the time, some who come again, many who come once in a while.
        int key =
            i < STEADY * 20
                ? i % STEADY
                : STEADY + random.nextInt(i % 2 == 0 ? 100 : KEYS - STEADY);
        if (buckets.take("key-" + key).allowed()) {
          passed.get(round).incrementAndGet(key);
        }
      }
    }
  }

  /** The most by which a window holds more than flows in during it, over all windows. */
  private double mostAboveRate(int key) {
    double most = 0;
    double here = 0; // The most of a window that ends in this round.
    for (int round = 0; round < ROUNDS; round++) {
      double flown =
          round == 0 ? 0 : PER_SECOND * ((times[round] - times[round - 1]) / 1_000_000_000.0);
      here = Math.max(0, here - flown) + passed.get(round).get(key);
      most = Math.max(most, here);
    }
    return most - 1e-6;
  }

  private long total(int key) {
    return passed.stream().mapToLong(counts -> counts.get(key)).sum();
  }

  @Test
  void aFloodOfKeysTakesNoMoreRoomAndFreshensNobody() {
    while (buckets.take("heavy").allowed()) {}
    for (int i = 0; i < 1_000_000; i++) {
      buckets.take("flood-" + i);
      if (i % 1_000 == 0) {
        assertTrue(buckets.size() <= MOST);
        assertFalse(buckets.take("heavy").allowed(), "it got a new bucket");
      }
    }
    assertFalse(buckets.take("late").allowed(), "newcomers share what the flood has emptied");

    time.advance(Duration.ofSeconds(3));
    assertEquals(CAPACITY - 1, buckets.take("later").left(), "a place of its own, and full");
    assertEquals(CAPACITY - 1, buckets.take("heavy").left());
    assertTrue(buckets.size() <= MOST);
  }

  @Test
  void whoComesOutOfASharedBucketTakesItsLevelAlong() {
    Buckets two = new Buckets(10, 1, Duration.ofSeconds(1), time, 1);
    assertEquals(9, two.take("resident").left());
    for (int i = 9; i > 2; i--) {
      assertEquals(i, two.take("newcomer").left()); // From the shared one.
    }
    time.advance(Duration.ofSeconds(1)); // The resident's is full now, the shared one is not.
    assertEquals(3, two.take("newcomer").left());
    assertEquals(1, two.size());
    assertEquals(2, two.take("newcomer").left());
    assertEquals(3, two.take("resident").left(), "back in the shared one, with what is left there");
  }
}
