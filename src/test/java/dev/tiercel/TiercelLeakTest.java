package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.CapturedLog;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.CachedTaskRepository;
import dev.tiercel.query.TaskTags;
import dev.tiercel.resource.LeakWatch;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack that nobody closed is told, with the place that opened it. */
class TiercelLeakTest {
  @TempDir Path folder;
  private CapturedLog log;

  @BeforeEach
  void captureTheLog() throws Exception {
    log = new CapturedLog(LeakWatch.class);
  }

  @AfterEach
  void releaseTheLog() throws Exception {
    log.close();
  }

  /** Makes garbage go until the log tells of something. */
  private String told(String what) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!log.text().contains(what) && System.nanoTime() < deadline) {
      System.gc();
    }
    assertTrue(log.text().contains(what), log.text());
    return log.text();
  }

  /* What is left: the object that would have closed it is gone. */
  private TaskRepository leak(String name) {
    Tiercel tiercel = Tiercel.builder(folder.resolve(name)).uncached().build();
    return tiercel.tasks();
  }

  @Test
  void aStackThatWasNeverClosedIsToldWithThePlaceThatOpenedIt() throws Exception {
    try (var stillUsed = (AutoCloseable) leak("leaked.db")) {
      assertFalse(stillUsed.toString().isEmpty());
      String told = told("leaked.db' was never closed");
      assertTrue(told.contains("at dev.tiercel.TiercelLeakTest.leak("), told);
    }
  }

  @Test
  void aStackInMemoryIsToldToo() throws Exception {
    assertEquals(0, Tiercel.inMemory().tasks().stats().total());
    told("'Tiercel in memory' was never closed");
  }

  @Test
  void aStackWithACacheIsToldThoughItsThreadsGoOn() throws Exception {
    Path file = folder.resolve("cached.db");
    SqliteLedger ledger = Ledger.durable(row -> TaskTags.of(row.before(), row.after()));
    try (SqliteTaskRepository stored =
            SqliteTaskRepository.open(
                SqliteDatabase.builder(file).journal(ledger.journal()),
                false,
                InstantSource.system());
        CachedTaskRepository cached =
            CachedTaskRepository.of(stored, ledger, TieredCache.builder().onlyWriter());
        CacheWarmer warmer = CacheWarmer.builder(cached.cache()).start()) {
      assertEquals(0, new Tiercel(file, stored, cached, warmer).tasks().stats().total());
      told("cached.db' was never closed");
      assertEquals(0, cached.stats().total());
    }
  }

  @Test
  void aClosedStackIsNotTold() throws Exception {
    openAndClose("closed.db");
    try (var stillUsed = (AutoCloseable) leak("leaked.db")) {
      assertFalse(stillUsed.toString().isEmpty());
      assertFalse(told("leaked.db' was never closed").contains("closed.db"));
    }
  }

  private void openAndClose(String name) {
    Tiercel.open(folder.resolve(name)).close();
  }

  @Test
  void oneThatRefusedToCloseIsStillWatched() throws Exception {
    try (var stillUsed = (AutoCloseable) leakAfterRefusal()) {
      assertFalse(stillUsed.toString().isEmpty());
      told("refused.db' was never closed");
    }
  }

  private TaskRepository leakAfterRefusal() {
    Tiercel tiercel = Tiercel.builder(folder.resolve("refused.db")).uncached().build();
    tiercel
        .tasks()
        .<Integer>inTransaction(
            tx -> {
              assertThrows(IllegalStateException.class, tiercel::close);
              return 0;
            });
    return tiercel.tasks();
  }
}
