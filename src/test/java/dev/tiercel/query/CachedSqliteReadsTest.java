package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.query.Stacks.Stack;
import dev.tiercel.task.InMemoryTaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedSqliteReadsTest extends CachedReadsContract {
  @TempDir Path folder;

  @Override
  Stack open(InstantSource clock) {
    return stacks.sqlite(folder, clock);
  }

  @Test
  void aTransactionThatIsUndoneLeavesTheCacheWarm() {
    CachedTaskRepository tasks = stacks.sqlite(folder, clock).cached();
    tasks.add(task("a"));
    tasks.findAll();
    assertThrows(
        ArithmeticException.class,
        () ->
            tasks.<Integer>inTransaction(
                tx -> {
                  tx.delete("a");
                  throw new ArithmeticException("on purpose");
                }));
    assertEquals(1, tasks.findAll().size());
    assertEquals(1, tasks.cache().stats().loads());
  }

  @Test
  void aLedgerThatNobodyWritesToIsRefused() {
    try (Ledger never = Ledger.durable(row -> TaskTags.of(row.before(), row.after()))) {
      assertThrows(
          IllegalStateException.class,
          () ->
              CachedTaskRepository.of(
                  new InMemoryTaskRepository(clock), never, TieredCache.builder()));
    }
  }
}
