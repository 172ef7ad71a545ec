package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.FreshnessOracle;
import dev.tiercel.cache.FreshnessOracle.Verdict;
import dev.tiercel.query.Stacks.Stack;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four readers ask a cached repository everything, a writer changes it in every way, with
 * transactions that commit and some that do not, and the oracle finds nothing.
 *
 * <p>{@code -Doracle.slow.reads=10000000} reads more than the default, {@code -Doracle.seed=7}
 * throws other dice.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class CachedFreshnessIT {
  private static final long READS = Long.getLong("oracle.slow.reads", 600_000);
  private static final long SEED = Long.getLong("oracle.seed", 20_261_125);

  @TempDir Path folder;

  @Test
  void overTheDurableLedgerItIsNeverStale() {
    try (Stacks stacks = new Stacks()) {
      judge("durable", stacks.sqlite(folder, InstantSource.system()), READS / 2);
    }
  }

  @Test
  void overARepositoryThatKnowsNothingOfItItIsNeverStale() {
    try (Stacks stacks = new Stacks()) {
      judge("foreign", stacks.foreign(InstantSource.system()), READS);
    }
  }

  private static void judge(String name, Stack stack, long reads) {
    TasksSubject subject = new TasksSubject(name, stack);
    Verdict verdict = FreshnessOracle.count(subject, reads, SEED);
    System.out.println("tasks, " + name + ": " + verdict);
    assertEquals(0, verdict.violations(), verdict::toString);
    assertTrue(verdict.writes() > reads / 10_000, verdict::toString);
    assertTrue(subject.hits() > reads / 8, verdict::toString);
  }
}
