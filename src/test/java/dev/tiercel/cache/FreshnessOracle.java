package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Tells whether a cache keeps the promise: when a write has returned, nobody reads what was there
 * before it, and nobody reads the new and then the old.
 *
 * <p>Each datum counts up, written by one thread only and read by several. The writer publishes a
 * number when its write has returned; a reader notes what was published, and the highest number
 * that anybody has read, before it reads itself. A number below the first is stale, one below the
 * second is old after new. Several entries show the same datum, so that is judged across keys, too.
 */
public final class FreshnessOracle {
  /** A cache to be judged, with the data behind it. Read by several threads, written by one. */
  public interface Subject extends AutoCloseable {
    /** The data that each entry shows. */
    List<int[]> entries();

    /** The data that each kind of write changes. */
    List<int[]> writes();

    /**
     * Whether nothing shows a datum's number before its write has begun to be made known. Where the
     * data is changed first and the cache told afterwards, old after new cannot be helped.
     */
    default boolean inOrder(int datum) {
      return true;
    }

    /** Reads an entry; false if it was not there, and not loaded either. */
    boolean read(int entry, long[] numbers, Dice dice);

    /** Writes the data; false if it is not known whether they were written. */
    boolean write(int write, long[] numbers, Dice dice);

    @Override
    default void close() {}
  }

  /** What came out. */
  public record Verdict(
      String subject,
      long seed,
      long reads,
      long writes,
      long stale,
      long newThenOld,
      List<String> examples) {
    public long violations() {
      return stale + newThenOld;
    }

    @Override
    public String toString() {
      return "%s, seed %d: %,d reads, %,d writes, %,d stale after return, %,d new and then old %s"
          .formatted(subject, seed, reads, writes, stale, newThenOld, examples);
    }
  }

  private static final int READERS = 4;
  private static final int READS_A_WRITE = 50;
  private static final int EXAMPLES = 5;

  /* Everything about a datum is on one cache line, and nothing else is. */
  private static final int STRIDE = 8;
  private static final int PUBLISHED = 0;
  private static final int SEEN = 1;

  private final Subject subject;
  private final long seed;
  private final boolean toTheFirst;
  private final int[][] entries;
  private final int[][] writes;
  private final boolean[] inOrder;
  private final AtomicLongArray data;
  private final AtomicLongArray progress = new AtomicLongArray(READERS * STRIDE);
  private final List<String> examples = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean over;

  private FreshnessOracle(Subject subject, long seed, boolean toTheFirst) {
    this.subject = subject;
    this.seed = seed;
    this.toTheFirst = toTheFirst;
    entries = subject.entries().toArray(int[][]::new);
    writes = subject.writes().toArray(int[][]::new);
    int count = 0;
    for (int[] shown : entries) {
      for (int datum : shown) {
        count = Math.max(count, datum + 1);
      }
    }
    data = new AtomicLongArray(count * STRIDE);
    inOrder = new boolean[count];
    for (int i = 0; i < count; i++) {
      inOrder[i] = subject.inOrder(i);
    }
  }

  /** Reads so many times, and counts what is wrong. */
  public static Verdict count(Subject subject, long reads, long seed) {
    return new FreshnessOracle(subject, seed, false).run(reads);
  }

  /** Reads until something is wrong, but not more often than so many times. */
  public static Verdict find(Subject subject, long reads, long seed) {
    return new FreshnessOracle(subject, seed, true).run(reads);
  }

  private Verdict run(long reads) {
    ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    try {
      Future<Long> written = threads.submit(() -> whileTheyRead(new Dice(seed * 31)));
      List<Future<Tally>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int reader = i;
        readers.add(
            threads.submit(() -> read(reader, reads / READERS, new Dice(seed * 31 + 1 + reader))));
      }
      Tally all = new Tally();
      for (Future<Tally> reader : readers) {
        all.add(reader.get());
      }
      over = true;
      return new Verdict(
          subject.toString(),
          seed,
          all.reads,
          written.get(),
          all.stale,
          all.newThenOld,
          List.copyOf(examples));
    } catch (ExecutionException e) {
      throw new AssertionError(subject + " failed with seed " + seed, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(subject + " was interrupted, seed " + seed, e);
    } finally {
      over = true;
      threads.shutdownNow();
    }
  }

  private Tally read(int reader, long reads, Dice dice) {
    Tally tally = new Tally();
    long[] numbers = new long[data.length() / STRIDE];
    long[] published = new long[numbers.length];
    long[] seen = new long[numbers.length];
    while (tally.reads < reads && !over) {
      int entry = some(entries.length, dice);
      int[] shown = entries[entry];
      for (int i = 0; i < shown.length; i++) {
        published[i] = data.get(shown[i] * STRIDE + PUBLISHED);
        seen[i] = data.get(shown[i] * STRIDE + SEEN);
      }
      boolean found = subject.read(entry, numbers, dice);
      tally.reads++;
      progress.setRelease(reader * STRIDE, tally.reads);
      for (int i = 0; found && i < shown.length; i++) {
        if (numbers[i] < published[i]) {
          tally.stale++;
          example("stale", entry, shown[i], numbers[i], published[i]);
        } else if (numbers[i] < seen[i] && inOrder[shown[i]]) {
          tally.newThenOld++;
          example("old after new", entry, shown[i], numbers[i], seen[i]);
        } else if (numbers[i] > seen[i]) {
          data.accumulateAndGet(shown[i] * STRIDE + SEEN, numbers[i], Math::max);
        }
      }
    }
    return tally;
  }

  private void example(String what, int entry, int datum, long read, long known) {
    if (examples.size() < EXAMPLES) {
      examples.add(
          "%s: entry %d shows datum %d as %d, known was %d"
              .formatted(what, entry, datum, read, known));
    }
    if (toTheFirst) {
      over = true;
    }
  }

  private long whileTheyRead(Dice dice) {
    long[] next = new long[data.length() / STRIDE];
    long[] numbers = new long[next.length];
    long count = 0;
    long enough = 0;
    try {
      while (!over) {
        if (readSoFar() < enough) {
          Dice.giveWay();
          continue;
        }
        enough += dice.below(2 * READS_A_WRITE); // Who fell behind writes several in a row.
        int write = some(writes.length, dice);
        int[] changed = writes[write];
        for (int i = 0; i < changed.length; i++) {
          numbers[i] = ++next[changed[i]];
        }
        if (subject.write(write, numbers, dice)) {
          for (int i = 0; i < changed.length; i++) {
            data.set(changed[i] * STRIDE + PUBLISHED, numbers[i]);
          }
        }
        count++;
      }
      return count;
    } finally {
      over = true; // A writer that failed has nobody to wait for it.
    }
  }

  private long readSoFar() {
    long read = 0;
    for (int i = 0; i < READERS; i++) {
      read += progress.getAcquire(i * STRIDE);
    }
    return read;
  }

  /** One of so many; a few are met often, so that readers and the writer meet there. */
  private static int some(int count, Dice dice) {
    return dice.below(2) == 0 ? dice.below(count) : dice.below((count + 15) / 16) * 16 % count;
  }

  /** What one reader counted. */
  private static final class Tally {
    private long reads;
    private long stale;
    private long newThenOld;

    void add(Tally other) {
      reads += other.reads;
      stale += other.stale;
      newThenOld += other.newThenOld;
    }
  }
}
