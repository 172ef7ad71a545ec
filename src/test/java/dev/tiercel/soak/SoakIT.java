package dev.tiercel.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load with faults on the whole stack: no answer is stale, nothing fails that should not,
 * what was acknowledged is there, and nothing grows. The first opening takes two thirds of the
 * time, and what it leaks while it is open is judged alone; many short ones follow, of which is
 * judged what stays when all is closed.
 *
 * <p>A few seconds, which say nothing about growth, unless {@code mvn -Psoak verify} runs it for
 * {@code -Dsoak.minutes=30}. {@code -Dsoak.seed=7} throws other dice, {@code -Dsoak.leak=heap}
 * leaks on purpose ({@link SeededLeak}). From two minutes on there is a verdict on what stays, from
 * six on also one on what is open: of large leaks, since what may come and go is the same however
 * long it runs.
 */
class SoakIT {
  private static final int SECONDS =
      (int) Math.round(60 * Double.parseDouble(System.getProperty("soak.minutes", "0.1")));
  private static final long SEED = Long.getLong("soak.seed", 20_261_128);
  private static final boolean IS_JUDGED = SECONDS >= 120;
  private static final boolean IS_WORK_JUDGED = SECONDS >= 360;
  private static final int ROUNDS = IS_JUDGED ? Trend.LEAST : 2;
  private static final long SAMPLE_MILLIS = Math.max(1_000, SECONDS * 1_000L / 360);
  private static final int COLLECTIONS = 24; // One in about a minute, of thirty.

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Series atWork = new Series("at work", Gauge::atWork);
  private final Series closed = new Series("closed", Gauge::closed);
  private long workNanos;

  /* On a thread of its own: one that hangs need not heed an interrupt. */
  @Timeout(value = 1, unit = TimeUnit.DAYS) // The limit in it is what ends it.
  @Test
  void nothingIsStaleLostOrGrows() {
    assertTimeoutPreemptively(Duration.ofSeconds(SECONDS).plusMinutes(15), this::soak);
  }

  private void soak() throws Exception {
    List<String> wrong = new ArrayList<>();
    boolean isFine = true;
    try (Load load = new Load(folder, SEED);
        SeededLeak leak = new SeededLeak(System.getProperty("soak.leak", "none"), folder)) {
      load.fill(IS_JUDGED);
      try {
        Readings readings = new Readings(folder, meters, load.complaints);
        for (int round = 0; round < ROUNDS && isFine; round++) {
          isFine = round(load, round, readings, leak);
        }
        load.checkWhatIsStored();
      } catch (Throwable e) {
        load.complaints.all().forEach(text -> e.addSuppressed(new AssertionError(text)));
        throw e;
      }
      wrong.addAll(load.complaints.all());
      if (isFine) { // Else it ended before its time.
        wrong.addAll(load.done.missing(IS_JUDGED));
      }
    }
    if (isFine) {
      judge(closed, IS_JUDGED, wrong);
      judge(atWork, IS_WORK_JUDGED, wrong);
    } else if (IS_WORK_JUDGED && workNanos >= nanos(0)) {
      System.out.println(atWork.table()); // It may say why.
    }
    assertEquals("", String.join(System.lineSeparator(), wrong));
  }

  private static void judge(Series series, boolean isLongEnough, List<String> wrong) {
    if (isLongEnough) {
      System.out.println(series.table());
      wrong.addAll(series.grown());
    }
  }

  private static long nanos(int round) {
    long all = TimeUnit.SECONDS.toNanos(SECONDS);
    return round == 0 ? all * 2 / 3 : all / 3 / (ROUNDS - 1);
  }

  /** Opens everything, sets all to work, takes samples, closes; returns whether all is well. */
  private boolean round(Load load, int round, Readings readings, SeededLeak leak) throws Exception {
    long begin = System.nanoTime();
    boolean isFine = true;
    try (Stack stack = new Stack(folder, meters, load.complaints)) {
      load.start(stack, round);
      try {
        long collections = 0;
        while (isFine && System.nanoTime() - begin < nanos(round)) {
          isFine = !load.complaints.await(SAMPLE_MILLIS);
          if (round == 0) {
            long due = (System.nanoTime() - begin) / (nanos(round) / COLLECTIONS);
            atWork.add(Instant.now(), readings.atWork(due > collections));
            collections = due;
          }
          leak.atWork(workNanos + System.nanoTime() - begin);
        }
      } finally {
        System.out.println("round " + round + ": " + load.stop());
        load.done.damaged(stack.tiercel.cache().tierStats());
      }
    }
    workNanos += System.nanoTime() - begin;
    leak.closed();
    if (IS_JUDGED) {
      closed.add(Instant.now(), readings.closed());
    }
    return isFine;
  }
}
