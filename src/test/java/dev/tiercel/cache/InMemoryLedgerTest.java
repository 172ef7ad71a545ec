package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InMemoryLedgerTest extends LedgerContract {
  private static final int BANS = 100;

  /* It takes a while to make such a pattern known, in which others write. */
  private static final String STARS = "*".repeat(100_000);

  @Override
  Ledger open() {
    return Ledger.inMemory();
  }

  @Test
  void noStampPassesABanThatIsBeingSpoken() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> others = threads.submit(() -> raiseUntil(over));
      for (int i = 0; i < BANS; i++) {
        String key = "key-" + i;
        long first = ledger.seq();
        AtomicBoolean spoken = new AtomicBoolean();
        Future<Long> reader = threads.submit(() -> readUntil(spoken, first, key));
        ledger.raise(Raise.pattern(key + STARS));
        spoken.set(true);
        assertEquals(Versions.STALE, validate(ledger, reader.get(), key), key);
        ledger.versions.dropBans(ledger.seq());
      }
      over.set(true);
      assertTrue(others.get());
    } finally {
      over.set(true);
      threads.shutdown();
    }
  }

  private boolean raiseUntil(AtomicBoolean over) {
    while (!over.get()) {
      ledger.raise(Raise.tags(List.of(A)));
    }
    return true;
  }

  /** Finds an entry current again and again, which gives it each new number for its stamp. */
  private long readUntil(AtomicBoolean over, long first, String key) {
    long stamp = first;
    while (!over.get()) {
      long found = validate(ledger, stamp, key);
      if (found < 0) {
        return stamp;
      }
      stamp = found;
    }
    return stamp;
  }

  @Test
  void whatCannotBeSaidForWantOfMemoryVoidsEverything() {
    long before = ledger.seq();
    Tag tag = Tag.of("task:42");
    Raise raise = new Raise(Raise.tags(List.of(tag)).hashes(), new ListWithoutMemory(1), false);
    ledger.raise(raise);
    assertEquals(Versions.STALE, validate(ledger, before, "key", Tag.of("other")));
    assertFalse(ledger.versions.isUntouched(before), "nor is it served the quick way");
    assertTrue(ledger.versions.isUntouched(ledger.seq()), "nothing is under way");
  }
}
