package dev.tiercel.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed load with faults on the whole stack, opened again and again: no answer is stale, nothing
 * fails that should not, what was acknowledged is there, and nothing grows.
 *
 * <p>A few seconds, which say nothing about growth, unless {@code mvn -Psoak verify} runs it for
 * {@code -Dsoak.minutes=30}. {@code -Dsoak.seed=7} throws other dice, {@code -Dsoak.leak=heap}
 * leaks on purpose ({@link SeededLeak}). From two minutes on there is a verdict on what stays when
 * all is closed, too.
 */
@Timeout(value = 600, unit = TimeUnit.MINUTES)
class SoakIT {
  private static final int SECONDS =
      (int) Math.round(60 * Double.parseDouble(System.getProperty("soak.minutes", "0.1")));
  private static final long SEED = Long.getLong("soak.seed", 20_261_128);
  private static final boolean IS_JUDGED = SECONDS >= 60;
  private static final int ROUNDS = Math.max(2, Math.min(12, SECONDS / 20));
  private static final long SAMPLE_MILLIS = Math.max(1_000, Math.min(5_000, SECONDS * 1_000 / 120));

  @TempDir Path folder;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Series atWork = new Series("at work");
  private final Series closed = new Series("closed");

  @Test
  void nothingIsStaleLostOrGrows() throws Exception {
    List<String> wrong = new ArrayList<>();
    try (Load load = new Load(folder, SEED);
        SeededLeak leak = new SeededLeak(System.getProperty("soak.leak", "none"), folder)) {
      load.fill(IS_JUDGED);
      boolean isFine = true;
      for (int round = 0; round < ROUNDS && isFine; round++) {
        isFine = round(load, round, leak);
      }
      load.checkWhatIsStored();
      wrong.addAll(load.complaints.all());
    }
    if (IS_JUDGED && wrong.isEmpty()) {
      for (Series series : List.of(atWork, closed)) {
        if (series.size() >= Trend.LEAST) {
          System.out.println(series.table());
          wrong.addAll(series.grown());
        } else {
          System.out.println(series + ": too few samples for a verdict, let it run longer");
        }
      }
    }
    assertEquals("", String.join(System.lineSeparator(), wrong));
  }

  /** Opens everything, sets all to work, takes samples, closes; returns whether all is well. */
  private boolean round(Load load, int round, SeededLeak leak) throws Exception {
    Readings readings = new Readings(folder, meters);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS) / ROUNDS;
    boolean isFine = true;
    try (Stack stack = new Stack(folder, meters, load.complaints)) {
      load.start(stack, round);
      while (isFine && System.nanoTime() < end) {
        isFine = !load.complaints.await(SAMPLE_MILLIS);
        atWork.add(readings.atWork());
        leak.step();
      }
      System.out.println("round " + round + ": " + load.stop());
    }
    settle(load.complaints);
    closed.add(readings.always());
    return isFine;
  }

  /* Threads of the JDK and of pools end a moment after they were told to. */
  private static void settle(Complaints complaints) throws InterruptedException {
    int before = Integer.MAX_VALUE;
    for (int now = Readings.threads(); now < before; now = Readings.threads()) {
      before = now;
      complaints.await(500);
    }
  }
}
