package dev.tiercel.cache;

import static dev.tiercel.cache.LedgerDatabase.insert;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.sqlite.Session;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read inside a transaction may never be committed, so nobody else gets it. */
class InsideTransactionTest {
  private static final String KEY = "items:all";
  private static final Tag A = item("a");

  @TempDir Path folder;
  private LedgerDatabase items;
  private TieredCache cache;
  private TypedCache<Long> counts;

  @BeforeEach
  void open() {
    items = LedgerDatabase.open(folder.resolve("items.db"));
    cache = Caches.direct().ledger(items.ledger).build();
    counts = cache.typed(Long.class);
  }

  @AfterEach
  void close() {
    cache.close();
    items.close();
  }

  private static long count(Session session) throws SQLException {
    return session.number("SELECT count(*) FROM item", Binder.NONE);
  }

  private long count() {
    return items.database.read(session -> session.number("SELECT count(*) FROM item", Binder.NONE));
  }

  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void whatIsRolledBackWasNeverCached() {
    assertThrows(
        Undone.class,
        () ->
            items.database.alone(
                (session, changes) -> {
                  insert(session, changes, "a");
                  assertEquals(1, counts.get(KEY, A, () -> count(session)));
                  Map<String, Long> loaded = Map.of("b", count(session));
                  assertEquals(loaded, counts.getAll(List.of("b"), key -> A, keys -> loaded));
                  assertFalse(counts.put("c", count(session), A, cache.stamp()));
                  throw new Undone();
                }));
    assertEquals(0, cache.stats().size());
    assertEquals(0, counts.get(KEY, A, this::count));
    assertEquals(Optional.empty(), counts.getIfPresent("b"));
  }

  @Test
  void aTransactionWaitsForNobodysLoad() throws Exception {
    HeldLoader<Long> held = HeldLoader.of(7L);
    FutureTask<Long> other = new FutureTask<>(() -> counts.get(KEY, A, held));
    new Thread(other, "loads").start();
    held.awaitEntered();
    items.database.alone(
        (session, changes) -> {
          assertEquals(0, counts.get(KEY, A, () -> count(session)));
          return true;
        });
    held.release();
    assertEquals(7, other.get());
    assertTrue(cache.stats().bypassed() > 0);
  }

  @Test
  void whatIsCachedIsServedAsItIsCommitted() {
    assertEquals(0, counts.get(KEY, A, this::count));
    items.database.alone(
        (session, changes) -> {
          insert(session, changes, "a");
          assertEquals(0, counts.get(KEY, A, Caches.never()));
          return true;
        });
    assertEquals(1, counts.get(KEY, A, this::count));
  }
}
