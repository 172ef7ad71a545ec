package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TierKillLedger.Verdict;
import dev.tiercel.cache.TierKillWriter.Layout;
import dev.tiercel.faults.QuickJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that uses a cache again and again, and holds what its tiers serve afterwards
 * against the database and against what it had acknowledged.
 *
 * <p>{@code -Dtier.kill.cycles=1000} kills more often than the default, {@code -Dtier.kill.seed=7}
 * at other moments. The moments are drawn from the seed, but how far the process comes until then
 * is up to the machine.
 */
class TierKillIT {
  private static final int CYCLES = Integer.getInteger("tier.kill.cycles", 48);
  private static final long SEED = Long.getLong("tier.kill.seed", 20_261_125);
  private static final double LEAST_SHARE = 0.95;

  /** How often one folder is killed and recovered. */
  private static final int CYCLES_OF_A_FOLDER = 16;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @TempDir static Path tools;
  private static QuickJvm jvm;

  @TempDir Path temporary;

  @BeforeAll
  static void prepare() throws Exception {
    List<String> arguments = List.of(tools.toString(), Layout.BOTH.name(), "0");
    jvm = QuickJvm.of(tools, TierKillWriter.class, arguments);
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Side by side: most of a cycle is the start of a JVM, which uses one processor. */
  @Timeout(value = 240, unit = TimeUnit.MINUTES) // For some thousand cycles.
  @Test
  void whatIsServedAfterAKillIsCurrent() throws Throwable {
    List<Callable<Verdict>> folders = new ArrayList<>();
    Map<Layout, Verdict> verdicts = new TreeMap<>();
    for (int first = 0; first < CYCLES; first += CYCLES_OF_A_FOLDER) {
      int from = first;
      Layout layout = layout(first);
      folders.add(() -> killAgainAndAgain(layout, from));
    }
    List<Future<Verdict>> done = threads.invokeAll(folders);
    for (int i = 0; i < done.size(); i++) {
      try {
        verdicts.merge(layout(i * CYCLES_OF_A_FOLDER), done.get(i).get(), Verdict::and);
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }
    System.out.println(CYCLES + " cycles: " + verdicts);
    for (Map.Entry<Layout, Verdict> each : verdicts.entrySet()) {
      Verdict verdict = each.getValue();
      assertEquals(0, verdict.stale(), each::toString);
      assertEquals(0, verdict.wrong(), each::toString);
      assertTrue(verdict.served() > 0, each::toString);
      assertTrue(
          verdict.share() >= LEAST_SHARE, () -> each + " served " + verdict.share() + " of it");
    }
  }

  private static Layout layout(int cycle) {
    List<Layout> layouts = List.of(Layout.values());
    return layouts.get(cycle / CYCLES_OF_A_FOLDER % layouts.size());
  }

  private Verdict killAgainAndAgain(Layout layout, int first) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("from-" + first));
    TierKillLedger ledger = new TierKillLedger();
    Verdict sum = Verdict.NONE;
    for (int cycle = first; cycle < Math.min(CYCLES, first + CYCLES_OF_A_FOLDER); cycle++) {
      Random random = new Random(SEED * 1_000_003 + cycle);
      TierKillProcess process = new TierKillProcess(jvm, folder, layout, ledger, random);
      try {
        process.run();
        ledger.died();
        if (random.nextInt(4) > 0) { // Else the next one finds what the kill left.
          sum = sum.and(check(folder, layout, ledger, random));
        }
      } catch (Throwable e) {
        throw new AssertionError(
            "cycle %d with -Dtier.kill.seed=%d, %s, %s: %s"
                .formatted(cycle, SEED, layout, process, e.getMessage()),
            e);
      }
    }
    return sum;
  }

  private static Verdict check(Path folder, Layout layout, TierKillLedger ledger, Random random)
      throws InterruptedException {
    try (VersionedItems items = layout.open(folder)) {
      Map<String, String> served = new TreeMap<>();
      for (String key : VersionedItems.keys()) {
        items.texts.getIfPresent(key).ifPresent(text -> served.put(key, text));
      }
      Verdict verdict = ledger.check(items.versions(), served);
      for (int i = 0; i < 8; i++) {
        String key = VersionedItems.anyKey(random);
        assertEquals(items.load(key), items.get(key));
      }
      assertTrue(items.cache.flush(Duration.ofMinutes(1)));
      for (TierStats tier : items.cache.tierStats()) {
        assertEquals(0, tier.failures() + tier.undecodable(), tier::toString);
      }
      assertEquals(List.of("ok"), items.integrity());
      return verdict;
    }
  }
}
