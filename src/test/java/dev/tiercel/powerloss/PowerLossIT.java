package dev.tiercel.powerloss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records what processes do to their files, loses the power at many moments in many ways, and holds
 * what is left against what was acknowledged until then.
 *
 * <p>{@code -Dpowerloss.states=100000} tries more states than the default, {@code
 * -Dpowerloss.seed=7} others. The moments are drawn from the seed, but in which order the writers
 * of a process come is up to the machine.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.HOURS) // For a million states.
class PowerLossIT {
  private static final long STATES = Long.getLong("powerloss.states", 2_000);
  private static final long SEED = Long.getLong("powerloss.seed", 20_261_128);
  private static final long MOST_OF_A_RECORDING = 4_000;
  private static final int RECORDINGS_IN_A_ROW = 3;
  private static final long CONTROL_STATES = 100;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
  private final List<Callable<Void>> work = new ArrayList<>();

  private final Map<String, Tally> summary = new TreeMap<>();

  private Path folder;
  private Laboratory laboratory;

  @BeforeAll
  void compile(@TempDir Path temporary) throws IOException, InterruptedException {
    folder = Recorder.fastFolder(temporary);
    laboratory = new Laboratory(Recorder.in(folder), folder);
  }

  @AfterAll
  void endThreads() throws IOException {
    threads.shutdownNow();
    Image.delete(folder);
    System.out.println("power loss, seed " + SEED + ": " + summary);
  }

  @Test
  void whatIsAcknowledgedSurvivesAPowerLoss() throws Throwable {
    Map<Workload, Tally> tallies = new EnumMap<>(Workload.class);
    for (Workload workload : Workload.values()) {
      tallies.put(workload, plan(workload, workload.durability, Disk::honest, share(workload), 2));
    }
    runAll();
    Tally all = new Tally();
    tallies.values().forEach(all::add);
    summary.put("all", all);
    assertEquals(List.of(), all.reasons);
    assertEquals(0, all.lost + all.corrupt + all.stale);
    assertTrue(all.states >= STATES * 9 / 10, () -> "only " + all);
    assertTrue(tallies.get(Workload.CACHED).served > 0, "no tier served anything");
    assertTrue(tallies.get(Workload.CACHED_RELAXED).served > 0, "no tier served anything");
  }

  private static long share(Workload workload) {
    return Math.max(1, STATES * workload.share / 100);
  }

  /** The control: a disk that says of every sync that it was done, and does none. */
  @Test
  void aDiskThatLiesLosesAcknowledgedWrites() throws Throwable {
    Tally group = plan(Workload.GROUPS, Durability.FULL, Disk::lying, CONTROL_STATES, 1);
    Tally single = plan(Workload.SINGLE, Durability.FULL, Disk::lying, CONTROL_STATES, 1);
    runAll();
    summary.put("control, lying disk, many writers", group);
    summary.put("control, lying disk, one writer", single);
    for (Tally tally : List.of(group, single)) {
      assertTrue(tally.lost > 0, tally::toString);
      assertTrue(tally.corrupt > 0, tally::toString);
    }
  }

  /** The control: commits that are acknowledged before they are on the disk. */
  @Test
  void normalDurabilityDoesNotPassForFull() throws Throwable {
    Tally tally = plan(Workload.RELAXED, Durability.FULL, Disk::honest, CONTROL_STATES, 1);
    runAll();
    summary.put("control, NORMAL held to FULL", tally);
    assertTrue(tally.lost > 0, tally::toString);
    assertEquals(0, tally.corrupt, () -> tally + " " + tally.reasons);
  }

  /** The control: what is wrong in a cache is seen. */
  @Test
  void aWriteThatNoLedgerHasSeenIsAnsweredStale() throws Exception {
    Tally tally = laboratory.writeUnseen(Workload.CACHED, SEED);
    summary.put("control, unseen write", tally);
    assertTrue(tally.stale > 0, tally::toString);
  }

  /**
   * Plans rows of recordings, each row with a seed of its own, that fill a tally.
   *
   * @param fewest how many recordings at least; from the second on they begin on what is left
   */
  private Tally plan(
      Workload workload, Durability promised, Supplier<Disk> disks, long states, int fewest) {
    Tally tally = new Tally();
    long recordings = Math.max(fewest, (states + MOST_OF_A_RECORDING - 1) / MOST_OF_A_RECORDING);
    for (long done = 0; done < recordings; done += RECORDINGS_IN_A_ROW) {
      int inARow = (int) Math.min(RECORDINGS_IN_A_ROW, recordings - done);
      long seed = SEED * 1_000_003 + workload.name().hashCode() * 10_007L + done;
      work.add(
          () -> {
            Tally found =
                laboratory.run(workload, promised, disks, inARow, states / recordings, seed);
            System.out.println("power loss: " + workload + " from seed " + seed + ": " + found);
            if (disks.get().isHonest() && promised == workload.durability) {
              found.reasons.forEach(System.out::println);
            }
            synchronized (tally) {
              tally.add(found);
            }
            return null;
          });
    }
    return tally;
  }

  private void runAll() throws Throwable {
    for (Future<Void> done : threads.invokeAll(work)) {
      try {
        done.get();
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }
    work.clear();
  }
}
