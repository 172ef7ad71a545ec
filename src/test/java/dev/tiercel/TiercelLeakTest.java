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
import dev.tiercel.task.ObservedTaskRepository;
import dev.tiercel.task.TaskRepository;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
  private final MeterRegistry registry = new SimpleMeterRegistry();
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

  private SqliteTaskRepository stored(String name) {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(folder.resolve(name)), false, InstantSource.system());
  }

  private static Tiercel uncached(SqliteTaskRepository stored) {
    return new Tiercel(
        new Opened("x", ObservedTaskRepository.of(stored), stored, null, null),
        "of " + stored.database().file());
  }

  private static TaskRepository leak(SqliteTaskRepository stored) {
    return uncached(stored).tasks();
  }

  @Test
  void aStackThatWasNeverClosedIsToldWithThePlaceThatOpenedIt() {
    try (SqliteTaskRepository stored = stored("leaked.db")) {
      TaskRepository stillUsed = leak(stored);
      told("leaked.db' was never closed");
      told("at dev.tiercel.TiercelLeakTest.leak("); // Its trace comes after it.
      assertEquals(0, stillUsed.stats().total());
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
      Opened parts = new Opened("x", ObservedTaskRepository.of(stored), stored, cached, warmer);
      bindAndLeak(parts, file);
      told("cached.db' was never closed");
      assertEquals(0, cached.stats().total());
    }
  }

  /* A registry must not keep it from being told. */
  private void bindAndLeak(Opened parts, Path file) {
    new Tiercel(parts, "of " + file).metrics().bindTo(registry);
  }

  @Test
  void aClosedStackIsNotTold() {
    openAndClose("closed.db");
    try (SqliteTaskRepository stored = stored("leaked.db")) {
      assertEquals(0, leak(stored).stats().total());
      told("leaked.db' was never closed");
    }
    // What became garbage together may be told in any order; once a later one is, it was its turn.
    try (SqliteTaskRepository stored = stored("later.db")) {
      assertEquals(0, leak(stored).stats().total());
      assertFalse(told("later.db' was never closed").contains("closed.db"));
    }
  }

  private void openAndClose(String name) {
    Tiercel.open(folder.resolve(name)).close();
  }

  @Test
  void oneThatRefusedToCloseIsStillWatched() {
    try (SqliteTaskRepository stored = stored("refused.db")) {
      leakAfterRefusal(stored);
      told("refused.db' was never closed");
    }
  }

  private static void leakAfterRefusal(SqliteTaskRepository stored) {
    Tiercel tiercel = uncached(stored);
    tiercel
        .tasks()
        .<Integer>inTransaction(
            tx -> {
              assertThrows(IllegalStateException.class, tiercel::close);
              return 0;
            });
  }
}
