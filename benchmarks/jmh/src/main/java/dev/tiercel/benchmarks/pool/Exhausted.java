package dev.tiercel.benchmarks.pool;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Eight threads want two boxes, each for 20 µs: how long the unluckiest of them waits, and how
 * unevenly they are served. Every peer has its turn several times; the medians are printed.
 */
public final class Exhausted {
  private static final int THREADS = 8;
  private static final int BOXES = 2;
  private static final long HOLD = TimeUnit.MICROSECONDS.toNanos(20);
  private static final int ROUNDS = 5;
  private static final List<PoolPeer> PEERS =
      List.of(
          PoolPeer.TIERCEL,
          PoolPeer.ARRAY_BLOCKING_QUEUE,
          PoolPeer.STORMPOT,
          PoolPeer.COMMONS_POOL,
          PoolPeer.HIKARI_BAG);

  private Exhausted() {}

  /** One thread and what it has seen. */
  private static final class Borrower extends Thread implements PoolPeer.Work {
    private final PoolPeer.Cycle cycle;
    private final CountDownLatch start;
    private final long nanos;
    private long asked;
    private long worst;
    private long served;
    private Exception failure;

    Borrower(PoolPeer.Cycle cycle, CountDownLatch start, long nanos) {
      this.cycle = cycle;
      this.start = start;
      this.nanos = nanos;
    }

    @Override
    public void run() {
      try {
        start.await();
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
          asked = System.nanoTime();
          cycle.run(this);
        }
      } catch (Exception e) {
        failure = e;
      }
    }

    @Override
    public void on(Box box) {
      long got = System.nanoTime();
      worst = Math.max(worst, got - asked);
      served++;
      while (System.nanoTime() - got < HOLD) {
        box.value++;
      }
    }
  }

  private record Round(double worstMillis, double unevenness, double perSecond) {}

  private static Round run(PoolPeer peer, int seconds) throws Exception {
    PoolPeer.Subject subject = peer.open(BOXES);
    CountDownLatch start = new CountDownLatch(1);
    List<Borrower> borrowers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Borrower borrower = new Borrower(subject.cycle(), start, TimeUnit.SECONDS.toNanos(seconds));
      borrower.start();
      borrowers.add(borrower);
    }
    start.countDown();
    for (Borrower borrower : borrowers) {
      borrower.join();
      if (borrower.failure != null) {
        throw borrower.failure;
      }
    }
    subject.pool().close();
    long worst = borrowers.stream().mapToLong(b -> b.worst).max().orElseThrow();
    long most = borrowers.stream().mapToLong(b -> b.served).max().orElseThrow();
    long least = borrowers.stream().mapToLong(b -> b.served).min().orElseThrow();
    long all = borrowers.stream().mapToLong(b -> b.served).sum();
    return new Round(worst / 1e6, (double) most / Math.max(1, least), (double) all / seconds);
  }

  /**
   * Runs all peers.
   *
   * @param args how many seconds each round of each peer lasts
   */
  public static void main(String[] args) throws Exception {
    int seconds = Integer.parseInt(args[0]);
    List<List<Round>> rounds = new ArrayList<>();
    PEERS.forEach(peer -> rounds.add(new ArrayList<>()));
    for (int round = 0; round <= ROUNDS; round++) {
      for (int i = 0; i < PEERS.size(); i++) {
        Round seen = run(PEERS.get(i), seconds);
        if (round > 0) { // The first one warms up.
          rounds.get(i).add(seen);
        }
      }
    }
    System.out.printf(
        "%-22s %16s %16s %10s %10s%n", "", "worst wait, ms", "worst of all", "max/min", "per s");
    for (int i = 0; i < PEERS.size(); i++) {
      List<Round> seen = rounds.get(i);
      System.out.printf(
          Locale.ROOT,
          "%-22s %16.1f %16.1f %10.2f %10.0f%n",
          PEERS.get(i),
          median(seen.stream().mapToDouble(Round::worstMillis).toArray()),
          seen.stream().mapToDouble(Round::worstMillis).max().orElseThrow(),
          median(seen.stream().mapToDouble(Round::unevenness).toArray()),
          median(seen.stream().mapToDouble(Round::perSecond).toArray()));
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
