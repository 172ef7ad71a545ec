package dev.tiercel.cache;

import static dev.tiercel.cache.LedgerDatabase.insert;
import static dev.tiercel.cache.LedgerDatabase.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.LedgerDatabase.Item;
import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever becomes of a commit, the ledger says the same in memory and in the log. */
class SqliteLedgerCommitTest {
  private static final Tag A = item("a");
  private static final Tag OTHER = item("other");

  @TempDir Path folder;
  private LedgerDatabase items;
  private SqliteLedger ledger;
  private StepJournal steps;

  @BeforeEach
  void open() {
    items = LedgerDatabase.closed(folder.resolve("items.db"), 100_000);
    ledger = items.ledger;
    steps = new StepJournal(ledger.journal());
    items.opened(with -> with, steps);
  }

  @AfterEach
  void close() {
    items.close();
  }

  private void assertSettled() {
    assertTrue(ledger.versions.isUntouched(ledger.seq()), "nothing is under way");
    List<Long> rows = items.rows();
    assertEquals(ledger.seq(), rows.get(rows.size() - 1));
  }

  @Test
  void aCommitVoidsTheTagsOfTheRowBeforeAndAfter() {
    items.write("a");
    long before = ledger.seq();
    items.database.write(
        (session, changes) -> {
          session.update("UPDATE item SET owner = ? WHERE id = 'a'", row -> row.setString(1, "x"));
          changes.add("item", new Item("a", "nobody"), new Item("a", "x"));
          return 0;
        });
    assertEquals(before + 1, ledger.seq());
    for (Tag tag : List.of(A, Tag.of("owner", "nobody"), Tag.of("owner", "x"))) {
      assertFalse(items.isCurrent(before, tag), tag.toString());
    }
    assertTrue(items.isCurrent(before, OTHER, Tag.of("owner", "y")));
    assertSettled();
  }

  @Test
  void aChangeIsPendingFromBeforeItsCommitUntilAfterIt() {
    long before = ledger.seq();
    List<Long> seen = new ArrayList<>();
    steps.inBetween =
        () -> {
          seen.add(LedgerContract.validate(ledger, before, "key", A));
          seen.add(LedgerContract.validate(ledger, before, "key", OTHER));
          seen.add(ledger.versions.isUntouched(before) ? 1L : 0L);
        };
    items.write("a");
    assertEquals(List.of(Versions.PENDING, before, 0L), seen);
    assertFalse(items.isCurrent(before, A));
    assertSettled();
  }

  @Test
  void aGroupIsOneRowAndAPieceThatFailsHasNoPartInIt() throws Exception {
    items.write("b");
    long before = ledger.seq();
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    FutureTask<Boolean> holder = start(() -> hold(inside, letGo));
    inside.await();
    FutureTask<Long> first = queue(() -> items.write("a"));
    FutureTask<Long> loser = queue(() -> items.write("b"));
    FutureTask<Long> raised = queue(() -> ledger.raise(Raise.tags(List.of(Tag.of("raised")))));
    letGo.countDown();
    assertTrue(holder.get());
    first.get();
    assertThrows(ExecutionException.class, loser::get);
    assertEquals(before + 2, raised.get(), "one row for the holder, one for the group");
    assertEquals(before + 2, ledger.seq());
    assertFalse(items.isCurrent(before, A));
    assertFalse(items.isCurrent(before, Tag.of("raised")));
    assertTrue(items.isCurrent(before, item("b")));
    assertEquals(List.of("a", "b", "holder"), items.items());
    assertSettled();
  }

  private boolean hold(CountDownLatch inside, CountDownLatch letGo) {
    return items
        .database
        .alone(
            (session, changes) -> {
              inside.countDown();
              try {
                letGo.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return insert(session, changes, "holder");
            })
        .value();
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    new Thread(task).start();
    return task;
  }

  /** Starts a writer and returns when it waits for its turn. */
  private static <T> FutureTask<T> queue(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.start();
    while (LockSupport.getBlocker(thread) == null && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return task;
  }

  @Test
  void aTransactionThatIsRolledBackLeavesWhatIsCached() {
    long before = ledger.seq();
    assertThrows(
        IllegalStateException.class,
        () ->
            items.database.alone(
                (session, changes) -> {
                  insert(session, changes, "a");
                  throw new IllegalStateException("made by the test");
                }));
    assertEquals(before, ledger.seq());
    assertTrue(items.isCurrent(before, A));
    assertSettled();
  }

  @Test
  void aJournalStepThatFailsAfterTheRowLeavesWhatIsCached() {
    long before = ledger.seq();
    steps.after = "NO SQL AT ALL";
    assertThrows(SqliteException.class, () -> items.write("a"));
    assertEquals(before, ledger.seq());
    assertTrue(items.isCurrent(before, A));
    assertSettled();
    steps.after = "";
    assertEquals(before + 1, items.write("a"), "the number was seen by nobody");
    assertFalse(items.isCurrent(before, A));
    assertSettled();
  }

  @Test
  void aRowThatCannotBeWrittenStopsTheGroupAndTheNextOneGoesOn() {
    long before = ledger.seq();
    // Takes the number that comes next.
    steps.before = "INSERT INTO tiercel_log VALUES (" + (before + 1) + ", 1, x'')";
    assertThrows(SqliteException.class, () -> items.write("a"));
    assertTrue(items.isCurrent(before, A));
    steps.before = "";
    assertEquals(List.of(), items.items());
    assertEquals(before + 1, items.write("a"));
    assertFalse(items.isCurrent(before, A));
    assertSettled();
  }

  @Test
  void aStatementThatFailedIsMadeAnew() throws Exception {
    items.write("a");
    LedgerDatabase.elsewhere(items.file, "ALTER TABLE tiercel_log RENAME TO gone");
    assertThrows(SqliteException.class, () -> items.write("b"));
    LedgerDatabase.elsewhere(items.file, "ALTER TABLE gone RENAME TO tiercel_log");
    items.write("b");
    LedgerDatabase.elsewhere(items.file, "ALTER TABLE tiercel_log RENAME TO gone");
    assertThrows(SqliteException.class, () -> items.write("c"));
    LedgerDatabase.elsewhere(items.file, "ALTER TABLE gone RENAME TO tiercel_log");
    items.write("c");
    assertSettled();
  }

  @ParameterizedTest
  @ValueSource(strings = {"COMMIT", "ROLLBACK"})
  void anUnknownCommitCountsAsDoneAndItsNumberIsNeverUsedAgain(String ending) {
    long before = ledger.seq();
    steps.after = ending;
    SqliteException e = assertThrows(SqliteException.class, () -> items.write("a"));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
    long unknown = ledger.seq();
    assertEquals(before + 1, unknown);
    for (Tag tag : List.of(A, OTHER)) {
      assertEquals(
          Versions.PENDING,
          LedgerContract.validate(ledger, unknown, "key", tag),
          "what is loaded now may be older than a commit that a crash brings back");
    }
    assertEquals(ending.equals("COMMIT"), items.rows().contains(unknown));

    steps.after = "";
    assertEquals(unknown + 1, items.write("b"));
    assertTrue(items.isCurrent(unknown + 1, A));
    assertFalse(items.isCurrent(unknown, OTHER), "commits may have been missed");
    assertEquals(List.of(), items.warnings);
    assertSettled();
  }

  @Test
  void aNumberThatTheLogHasAfterAnUnknownCommitIsNotUsedAgain() throws Exception {
    steps.after = "COMMIT";
    assertThrows(SqliteException.class, () -> items.write("a"));
    steps.after = "";
    long unknown = ledger.seq();
    LedgerDatabase.elsewhere(
        items.file, "INSERT INTO tiercel_log VALUES (" + (unknown + 5) + ", 1, x'00')");
    assertEquals(unknown + 6, items.write("b"));
    assertSettled();
  }

  @Test
  void anInvalidationOfUnknownOutcomeIsInForce() {
    long before = ledger.seq();
    steps.after = "ROLLBACK";
    SqliteException e =
        assertThrows(SqliteException.class, () -> ledger.raise(Raise.tags(List.of(A))));
    assertEquals(Kind.UNKNOWN_OUTCOME, e.kind());
    assertFalse(items.isCurrent(before, A));
    steps.after = "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO SQL AT ALL", "ROLLBACK", "COMMIT"})
  void aWriteElsewhereThatCannotBeLoggedStaysPendingUntilItIs(String failure) {
    long before = ledger.seq();
    PendingWrite write = ledger.begin(A);
    steps.after = failure;
    assertThrows(SqliteException.class, write::close);
    assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key", A));
    steps.after = "";
    items.write("b");
    assertEquals(Versions.STALE, LedgerContract.validate(ledger, before, "key", A));
    assertSettled();
    items.close();
    try (LedgerDatabase again = LedgerDatabase.open(items.file)) {
      assertFalse(again.isCurrent(before, A), "logged");
    }
  }

  @Test
  void aLookLogsWhatIsOwed() {
    PendingWrite write = ledger.begin(A);
    steps.after = "NO SQL AT ALL";
    long before = ledger.seq();
    assertThrows(SqliteException.class, () -> write.close(OTHER));
    assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key", A));
    assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key", OTHER));
    steps.after = "";
    ledger.look();
    assertEquals(before + 1, ledger.seq());
    assertEquals(Versions.STALE, LedgerContract.validate(ledger, before, "key", A));
    assertEquals(Versions.STALE, LedgerContract.validate(ledger, before, "key", OTHER));
    assertSettled();
    ledger.look();
    assertEquals(before + 1, ledger.seq(), "once");
  }

  @Test
  void aLedgerThatIsNotOpenOrClosedSaysSo() {
    SqliteLedger unopened = Ledger.durable(change -> List.of());
    String message =
        assertThrows(IllegalStateException.class, () -> unopened.raise(Raise.EVERYTHING))
            .getMessage();
    assertTrue(message.contains("not open yet"), message);

    long before = ledger.seq();
    ledger.close();
    ledger.close();
    message =
        assertThrows(IllegalStateException.class, () -> ledger.raise(Raise.EVERYTHING))
            .getMessage();
    assertTrue(message.contains("closed"), message);
    assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key"));
    assertFalse(ledger.versions.isUntouched(before));
    assertTrue(items.schedule.isShutdown());
    items.write("a"); // The log goes on, or what is stored would look current.
    assertEquals(before + 1, items.rows().get(items.rows().size() - 1));
  }

  @Test
  void closingTheDatabaseClosesItsLedger() {
    PendingWrite write = ledger.begin(A);
    items.close();
    assertTrue(items.schedule.isShutdown());
    assertThrows(IllegalStateException.class, () -> ledger.raise(Raise.EVERYTHING));
    assertThrows(IllegalStateException.class, write::close);
    ledger.look(); // Throws nothing.
    assertThrows(IllegalStateException.class, items::opened);
  }

  @Test
  void tagsThatCannotBeToldStopTheGroup() {
    LedgerDatabase other = LedgerDatabase.closed(folder.resolve("other.db"), 100);
    SqliteLedger telling =
        new SqliteLedger(
            change -> {
              throw new IllegalArgumentException("no tags for " + change.table());
            },
            100,
            () -> other.schedule,
            new Alarm(warning -> {}, System::nanoTime));
    other.opened(with -> with, telling.journal());
    assertThrows(IllegalArgumentException.class, () -> other.write("a"));
    assertEquals(List.of(), other.items());
    assertTrue(telling.versions.isUntouched(telling.seq()));
    other.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aCommitThatCannotBeMadeKnownIsNotForgotten(int failures) {
    long before = ledger.seq();
    Raise raise =
        new Raise(Raise.tags(List.of(A)).hashes(), new ListWithoutMemory(failures), false);
    ledger.raise(raise);
    assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key", A));
    for (int i = 1; i < failures; i++) {
      assertThrows(OutOfMemoryError.class, () -> items.write("lost"));
      assertEquals(Versions.PENDING, LedgerContract.validate(ledger, before, "key", A));
    }
    items.write("b");
    assertEquals(Versions.STALE, LedgerContract.validate(ledger, before, "key", A));
    assertEquals(Versions.STALE, LedgerContract.validate(ledger, before, "tasks:a", OTHER));
    assertSettled();
  }
}
