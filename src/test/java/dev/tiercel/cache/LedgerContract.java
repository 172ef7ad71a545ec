package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every ledger does, wherever it keeps its log. */
abstract class LedgerContract {
  static final Tag A = Tag.of("task", "a");
  static final Tag B = Tag.of("task", "b");
  static final Tag AGENT = Tag.of("agent", "a7");
  private static final String KEY = "tasks:agent:a7:page:4";

  Ledger ledger;

  abstract Ledger open() throws Exception;

  @BeforeEach
  void openLedger() throws Exception {
    ledger = open();
  }

  /** The stamp that the entry gets, or why it gets none. */
  static long validate(Ledger ledger, long stamp, Object key, Tag... tags) {
    TagSet set = TagSet.of(Tags.of(tags));
    return ledger.versions.validate(stamp, set, key, new AtomicLong());
  }

  private void assertCurrent(long stamp, String key, Tag... tags) {
    assertEquals(ledger.seq(), validate(ledger, stamp, key, tags));
  }

  private void assertStale(long stamp, String key, Tag... tags) {
    assertEquals(Versions.STALE, validate(ledger, stamp, key, tags));
  }

  private void assertPending(long stamp, String key, Tag... tags) {
    assertEquals(Versions.PENDING, validate(ledger, stamp, key, tags));
  }

  private long raise(Tag... tags) {
    return ledger.raise(Raise.tags(List.of(tags)));
  }

  @Test
  void aRaisedTagMakesOlderStampsStaleAndNoOthers() {
    long before = ledger.seq();
    assertCurrent(before, KEY, A);
    long at = raise(A);
    assertStale(before, KEY, A);
    assertStale(before, KEY, B, A);
    assertCurrent(before, KEY, B);
    assertCurrent(before, KEY);
    assertCurrent(at, KEY, A);
  }

  @Test
  void nothingIsUntouchedOnceSomethingWasRaised() {
    long before = ledger.seq();
    assertTrue(ledger.versions.isUntouched(before));
    long at = raise(A);
    assertFalse(ledger.versions.isUntouched(before));
    assertTrue(ledger.versions.isUntouched(at));
  }

  @Test
  void anEntryOfTooManyTagsFallsWithTheirKind() {
    Tag[] many =
        IntStream.rangeClosed(0, TagSet.MAX)
            .mapToObj(i -> Tag.of("task", "" + i))
            .toArray(Tag[]::new);
    long before = ledger.seq();
    raise(AGENT);
    assertCurrent(before, KEY, many);
    raise(A);
    assertStale(before, KEY, many);
  }

  @Test
  void anEntryOfTooManyKindsFallsWithEveryWrite() {
    Tag[] many =
        IntStream.rangeClosed(0, TagSet.MAX)
            .mapToObj(i -> Tag.of("k" + i, "x"))
            .toArray(Tag[]::new);
    long before = ledger.seq();
    assertCurrent(before, KEY, many);
    raise(A);
    assertStale(before, KEY, many);
  }

  @Test
  void aPrefixOfSegmentsFallsAtOnceAndIsNoTag() {
    long before = ledger.seq();
    ledger.raise(Raise.segments("tasks:agent:"));
    assertStale(before, KEY);
    assertStale(before, "tasks:agent:");
    assertCurrent(before, "tasks:agents:a7");
    assertCurrent(before, "tasks:other", Tag.of("tasks:agent:"), Tag.of("tasks"));
  }

  @Test
  void aKeyFallsAlone() {
    long before = ledger.seq();
    ledger.raise(Raise.key(KEY));
    assertStale(before, KEY);
    assertCurrent(before, KEY + ":5");
  }

  @Test
  void aPatternVoidsWhatItMatchesIfThatIsOlder() {
    long before = ledger.seq();
    long at = ledger.raise(Raise.pattern("tasks:*:page:[1-4]"));
    assertStale(before, KEY);
    assertCurrent(before, "tasks:agent:a7:page:5");
    assertCurrent(at, KEY);
  }

  @Test
  void clearingVoidsEverythingOlder() {
    long before = ledger.seq();
    long at = ledger.raise(Raise.EVERYTHING);
    assertStale(before, KEY);
    assertCurrent(at, KEY, A);
  }

  @Test
  void moreThan256TagsInOneWriteVoidEverything() {
    List<Tag> many =
        IntStream.rangeClosed(0, TagSet.MAX).mapToObj(i -> Tag.of("task", "" + i)).toList();
    long before = ledger.seq();
    ledger.raise(Raise.tags(many.subList(0, TagSet.MAX)));
    assertCurrent(before, KEY, AGENT);
    assertStale(before, KEY, many.get(7));
    ledger.raise(Raise.tags(many));
    assertStale(before, KEY, AGENT);
  }

  @Test
  void fortyPatternsAllStayInForce() {
    List<Long> stamps = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      stamps.add(ledger.seq());
      ledger.raise(Raise.pattern("p" + i + "-*"));
    }
    for (int i = 0; i < 40; i++) {
      assertStale(stamps.get(i), "p" + i + "-x");
      assertStale(stamps.get(0), "p" + i + "-x");
    }
    assertTrue(ledger.versions.bans().length <= Versions.MAX_BANS);
    // Only the oldest ones became a floor.
    assertCurrent(stamps.get(20), "p3-x");
  }

  @Test
  void aWriteUnderWayIsPendingUntilItEnds() {
    long before = ledger.seq();
    PendingWrite write = ledger.begin(A);
    assertPending(before, KEY, A);
    assertCurrent(before, KEY, B);
    assertFalse(ledger.versions.isUntouched(before));
    write.close();
    assertStale(before, KEY, A);
    assertCurrent(before, KEY, B);
    assertTrue(ledger.versions.isUntouched(ledger.seq()));
  }

  @Test
  void twoWritesUnderWayArePendingUntilBothEnd() {
    long before = ledger.seq();
    PendingWrite first = ledger.begin(A);
    PendingWrite second = ledger.begin(Tags.of(A, B));
    first.close();
    assertPending(ledger.seq(), KEY, A);
    second.rolledBack();
    assertCurrent(ledger.seq(), KEY, A);
    assertStale(before, KEY, A);
    assertCurrent(before, KEY, B);
  }

  @Test
  void aWriteThatDidNotHappenLeavesWhatIsCached() {
    long before = ledger.seq();
    PendingWrite write = ledger.begin(A);
    write.rolledBack();
    assertEquals(before, ledger.seq());
    assertCurrent(before, KEY, A);
    write.close();
    assertCurrent(before, KEY, A);
  }

  @Test
  void whatOnlyTheResultToldIsVoidToo() {
    long before = ledger.seq();
    ledger.begin(A).close(B);
    assertStale(before, KEY, A);
    assertStale(before, KEY, B);
    assertCurrent(before, KEY, AGENT);
    assertTrue(ledger.versions.isUntouched(ledger.seq()));
  }

  @Test
  void aWriteEndsOnce() {
    PendingWrite write = ledger.begin(A);
    write.close();
    long after = ledger.seq();
    write.close(B);
    write.rolledBack();
    assertEquals(after, ledger.seq());
    assertTrue(ledger.versions.isUntouched(after));
  }

  @Test
  void idsThatLookLikePatternsMeanThemselves() {
    for (String id : List.of("a:b", "*", "?", "[a-z]", "%", "%3A", "\ud83e\udd85", "", " ")) {
      Tag tag = Tag.of("task", id);
      long before = ledger.seq();
      raise(tag);
      assertStale(before, KEY, Tag.of("task", id));
      assertCurrent(before, KEY, A, Tag.of("task", "b"), Tag.of("task", "a%3Ab"));
    }
  }

  @Test
  void theSequenceNeverFalls() {
    long last = ledger.seq();
    for (int i = 0; i < 20; i++) {
      long at = i % 2 == 0 ? raise(A) : ledger.raise(Raise.pattern("x*"));
      assertTrue(at > last);
      assertEquals(at, ledger.seq());
      last = at;
    }
  }

  @Test
  void whatWasRaisedByManyIsInForceWhenTheirCallsReturn() throws Exception {
    int writers = 4;
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(writers + 1);
    try {
      Future<Boolean> neverFell =
          threads.submit(
              () -> {
                long last = 0;
                while (!over.get()) {
                  long seen = ledger.seq();
                  if (seen < last) {
                    return false;
                  }
                  last = seen;
                }
                return true;
              });
      List<Callable<Boolean>> work = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        Tag own = Tag.of("task", "" + i);
        work.add(() -> raiseAndLook(own));
      }
      for (Future<Boolean> done : threads.invokeAll(work)) {
        assertTrue(done.get());
      }
      over.set(true);
      assertTrue(neverFell.get());
    } finally {
      over.set(true);
      threads.shutdown();
    }
    assertTrue(ledger.versions.isUntouched(ledger.seq()), "nothing stays pending");
  }

  private boolean raiseAndLook(Tag own) {
    for (int i = 0; i < 100; i++) {
      long before = ledger.seq();
      long at = i % 10 == 0 ? ledger.raise(Raise.pattern(own + "*")) : raise(own);
      long older = validate(ledger, before, own.toString(), own);
      if (older != Versions.STALE || at <= before || ledger.seq() < at) {
        return false;
      }
    }
    return true;
  }
}
