package dev.tiercel.cache;

import dev.tiercel.query.Caching;
import dev.tiercel.query.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A foreign repository behind a wrapper, written in every way: with tags of the arguments or of the
 * result, with time-outs after the commit, in stages that complete on another thread, and in
 * transactions that commit or roll back.
 */
final class WrappedSubject implements FreshnessOracle.Subject {
  private static final int DATA = 128;
  private static final int GROUP = 8;
  private static final int GROUPS = DATA / GROUP;

  /** Numbers, as somebody might keep them. */
  public interface Numbers {
    long one(int datum);

    List<Long> group(int group);

    /** Put together by calls of the others through the wrapper. */
    List<Long> board(int group);

    CompletionStage<Long> later(int datum);

    void write(int datum, long number) throws TimeoutException;

    /** Returns which data it has changed. */
    List<Integer> writeGroup(int group, long[] numbers);

    CompletionStage<Void> writeLater(int datum, long number);
  }

  private final AtomicLongArray committed = new AtomicLongArray(DATA);

  @SuppressWarnings("ThreadLocalUsage") // One subject at a time.
  private final ThreadLocal<Transaction> current = new ThreadLocal<>();

  private final ExecutorService elsewhere = Executors.newSingleThreadExecutor();
  private final TieredCache cache = TieredCache.builder().entries(10_000).onlyWriter().build();
  private final List<int[]> shown = new ArrayList<>();
  private final List<int[]> changed = new ArrayList<>();
  private final Numbers numbers;
  private Dice writers = new Dice(1);

  /** What one transaction has written and who waits for its end. */
  private static final class Transaction {
    private final Map<Integer, Long> written = new TreeMap<>();
    private final List<Runnable> callbacks = new ArrayList<>();
  }

  WrappedSubject() {
    for (int datum = 0; datum < DATA; datum++) {
      shown.add(new int[] {datum});
      changed.add(new int[] {datum});
    }
    for (int group = 0; group < GROUPS; group++) {
      shown.add(of(group));
      changed.add(of(group));
    }
    numbers =
        Caching.of(Numbers.class, new Repository())
            .with(cache)
            .transactions(new Ambient())
            .cached(Numbers::one, c -> c.tag(datum -> "datum:" + datum))
            .cached(
                Numbers::group,
                c ->
                    c.tag(group -> "group:" + group)
                        .tags(group -> tags(IntStream.of(of(group)).boxed().toList())))
            .cached(Numbers::board, c -> c.tag("boards"))
            .cached(Numbers::later, c -> c.tag(datum -> "datum:" + datum))
            .invalidates(Numbers::write, i -> i.tag((datum, number) -> "datum:" + datum))
            .invalidates(Numbers::writeGroup, i -> i.tagsOfResult(WrappedSubject::tags))
            .invalidates(Numbers::writeLater, i -> i.tag((datum, number) -> "datum:" + datum))
            .build();
  }

  private static int[] of(int group) {
    return IntStream.range(group * GROUP, (group + 1) * GROUP).toArray();
  }

  private static List<String> tags(List<Integer> data) {
    return data.stream().map(datum -> "datum:" + datum).toList();
  }

  /** Says when a transaction of {@link Repository} is over. */
  private final class Ambient implements Transactions {
    @Override
    public boolean active() {
      return current.get() != null;
    }

    @Override
    public void afterCompletion(Runnable action) {
      current.get().callbacks.add(action);
    }
  }

  /** Knows nothing of caches. */
  private final class Repository implements Numbers {
    @Override
    public long one(int datum) {
      Transaction mine = current.get();
      Long own = mine == null ? null : mine.written.get(datum);
      return own == null ? committed.get(datum) : own;
    }

    @Override
    public List<Long> group(int group) {
      return new ArrayList<>(IntStream.of(of(group)).mapToObj(this::one).toList());
    }

    @Override
    public List<Long> board(int group) {
      List<Long> board = new ArrayList<>(numbers.group(group));
      board.set(0, numbers.one(group * GROUP));
      return board;
    }

    @Override
    public CompletionStage<Long> later(int datum) {
      return CompletableFuture.completedFuture(one(datum));
    }

    @Override
    public void write(int datum, long number) throws TimeoutException {
      set(datum, number);
      if (writers.oneIn(8)) {
        throw new TimeoutException("after the commit");
      }
    }

    @Override
    public List<Integer> writeGroup(int group, long[] all) {
      int[] data = of(group);
      for (int i = 0; i < data.length; i++) {
        set(data[i], all[i]);
      }
      return IntStream.of(data).boxed().toList();
    }

    @Override
    public CompletionStage<Void> writeLater(int datum, long number) {
      return CompletableFuture.runAsync(() -> set(datum, number), elsewhere);
    }

    private void set(int datum, long number) {
      Transaction mine = current.get();
      if (mine == null) {
        committed.set(datum, number);
      } else {
        mine.written.put(datum, number);
      }
    }
  }

  @Override
  public List<int[]> entries() {
    return shown;
  }

  @Override
  public List<int[]> writes() {
    return changed;
  }

  @Override
  public boolean read(int entry, long[] into, Dice dice) {
    if (entry < DATA) {
      into[0] =
          dice.oneIn(4) ? numbers.later(entry).toCompletableFuture().join() : numbers.one(entry);
      return true;
    }
    int group = entry - DATA;
    List<Long> found = dice.oneIn(2) ? numbers.group(group) : numbers.board(group);
    for (int i = 0; i < GROUP; i++) {
      into[i] = found.get(i);
    }
    return true;
  }

  @Override
  public boolean write(int write, long[] into, Dice dice) {
    writers = dice;
    if (dice.oneIn(3)) {
      return inTransaction(write, into, dice);
    }
    return (write < DATA && dice.oneIn(3)) ? later(write, into[0]) : now(write, into);
  }

  private boolean later(int datum, long number) {
    numbers.writeLater(datum, number).toCompletableFuture().join();
    return true;
  }

  private boolean now(int write, long[] into) {
    if (write >= DATA) {
      numbers.writeGroup(write - DATA, LongStream.of(into).limit(GROUP).toArray());
      return true;
    }
    try {
      numbers.write(write, into[0]);
      return true;
    } catch (TimeoutException e) {
      return true; // It was written all the same, and the caller knows no better.
    }
  }

  private boolean inTransaction(int write, long[] into, Dice dice) {
    Transaction mine = new Transaction();
    current.set(mine);
    boolean commit = !dice.oneIn(3);
    try {
      now(write, into);
      int datum = changed.get(write)[0];
      if (numbers.one(datum) != into[0]) {
        throw new AssertionError("a transaction does not see what it wrote");
      }
      dice.linger();
      if (commit) {
        mine.written.forEach(committed::set);
        dice.linger();
      }
    } finally {
      current.remove();
      mine.callbacks.forEach(Runnable::run);
    }
    return commit;
  }

  long hits() {
    return cache.stats().hits();
  }

  @Override
  public void close() {
    elsewhere.shutdownNow();
    cache.close();
  }

  @Override
  public String toString() {
    return "a wrapped repository " + cache.stats();
  }
}
