package dev.tiercel.benchmarks.cache;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A value that is in memory: what freshness costs on top of the same Caffeine without it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CacheHit {
  private static final int SAMPLE = 1 << 16;

  /** A full cache, and a writer beside it if there is one. */
  @State(Scope.Benchmark)
  public static class Full {
    @Param public HitPeer peer;

    @Param({"1024", "100000"})
    public int keys;

    /** Commits a second, to other tags. */
    @Param({"0", "1000"})
    public int commits;

    /** Tags of each value; the peers know of none. */
    @Param("3")
    public int tags;

    private HitPeer.Subject subject;
    private HitKey[] sample;
    private Thread writer;
    private volatile boolean over;

    @Setup(Level.Trial)
    public void open() {
      subject = peer.open(keys, tags);
      HitKey[] all = HitPeer.keys(keys);
      for (HitKey key : all) {
        subject.reader().read(key);
      }
      SplittableRandom random = new SplittableRandom(7);
      sample = new HitKey[SAMPLE];
      for (int i = 0; i < SAMPLE; i++) {
        sample[i] = HitKey.of(random.nextInt(keys));
      }
      if (commits > 0) {
        writer = new Thread(this::write, "writer");
        writer.setDaemon(true);
        writer.start();
      }
    }

    private void write() {
      long pause = TimeUnit.SECONDS.toNanos(1) / commits;
      long next = System.nanoTime();
      for (int n = 0; !over; n++) {
        subject.commit(n);
        next += pause;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }

    @TearDown(Level.Trial)
    public void close() throws Exception {
      over = true;
      if (writer != null) {
        writer.join();
      }
      subject.cache().close();
    }
  }

  /** Where a thread is in the sample. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    int take() {
      return next++ & (SAMPLE - 1);
    }
  }

  @Benchmark
  public String hit(Full full, Turn turn) {
    return full.subject.reader().read(full.sample[turn.take()]);
  }
}
