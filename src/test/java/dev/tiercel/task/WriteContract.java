package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What it means to write tasks, and to read them back by their ids. */
public abstract class WriteContract extends RepositoryContract {
  private static Task full(String id) {
    return new Task(
        id,
        "Title\n\tof it",
        "Text\u0007 of it",
        "agent",
        START,
        START.plusSeconds(1),
        null,
        -5,
        START,
        0,
        17,
        START.plusSeconds(90));
  }

  @Test
  void addReturnsWhatIsStored() {
    Task given = full("a");
    Task added = tasks.add(given);
    assertEquals(written(given, 1, START), added);
    assertEquals(added, stored("a"));
  }

  @Test
  void addStartsAtVersionOneWhateverWasGiven() {
    Task given = written(full("a"), 41, START);
    assertEquals(1, tasks.add(given).version());
    assertEquals(1, stored("a").version());
  }

  @Test
  void addOfATakenIdLeavesTheStoredTaskAlone() {
    Task first = tasks.add(task("a"));
    clock.advance(MINUTE);
    assertThrows(DuplicateTaskException.class, () -> tasks.add(task("a").withTitle("another")));
    assertEquals(first, stored("a"));
  }

  @Test
  void updatedAtComesFromTheClockToTheMicrosecond() {
    clock.set(START.plusNanos(1_234_567));
    Task added = tasks.add(task("a"));
    assertEquals(START.plusNanos(1_234_000), added.updatedAt());
    clock.advance(MINUTE);
    Task saved = tasks.save(added.withTitle("changed"));
    assertEquals(START.plusNanos(1_234_000).plus(MINUTE), saved.updatedAt());
    assertEquals(saved, stored("a"));
  }

  @Test
  void saveInsertsANewTask() {
    Task saved = tasks.save(full("a"));
    assertEquals(written(full("a"), 1, START), saved);
    assertEquals(saved, stored("a"));
  }

  @Test
  void saveCountsVersions() {
    Task task = tasks.add(task("a"));
    for (int version = 2; version < 6; version++) {
      clock.advance(MINUTE);
      Task changed = task.withPriority(version).withDescription("v" + version);
      task = tasks.save(changed);
      assertEquals(written(changed, version, clock.instant()), task);
      assertEquals(task, stored("a"));
    }
  }

  @Test
  void saveChangesEveryField() {
    Task added = tasks.add(task("a"));
    Task changed =
        new Task(
            "a",
            "other",
            null,
            "b",
            START.minusSeconds(9),
            START.plusSeconds(3),
            START.plusSeconds(4),
            77,
            START,
            added.version(),
            5,
            START.plusSeconds(5));
    assertEquals(written(changed, 2, START), tasks.save(changed));
    assertEquals(written(changed, 2, START), stored("a"));
    Task cleared = tasks.save(written(task("a"), 2, START));
    assertEquals(written(task("a"), 3, START), cleared);
    assertEquals(cleared, stored("a"));
  }

  @Test
  void saveOfAnOldVersionIsStale() {
    Task read = tasks.add(task("a"));
    Task winner = tasks.save(read.withTitle("winner"));
    assertThrows(StaleTaskException.class, () -> tasks.save(read.withTitle("loser")));
    assertThrows(
        StaleTaskException.class, () -> tasks.save(written(read, winner.version() + 1, START)));
    assertEquals(winner, stored("a"));
  }

  @Test
  void saveOfADeletedTaskIsStale() {
    Task read = tasks.add(task("a"));
    tasks.delete("a");
    assertThrows(StaleTaskException.class, () -> tasks.save(read));
    assertEquals(Optional.empty(), tasks.findById("a"));
  }

  @Test
  void saveOfANewTaskWithATakenIdIsStale() {
    Task first = tasks.add(task("a"));
    assertThrows(StaleTaskException.class, () -> tasks.save(task("a")));
    assertEquals(first, stored("a"));
  }

  @Test
  void saveOfAnOldTaskDoesNotTouchItsReincarnation() {
    Task old = tasks.save(tasks.add(task("a")).withTitle("second"));
    tasks.delete("a");
    Task born = tasks.add(task("a").withTitle("born again"));
    assertThrows(StaleTaskException.class, () -> tasks.save(old));
    assertEquals(born, stored("a"));
  }

  @Test
  void addAllTellsWhatBecameOfEach() {
    Task there = tasks.add(task("b"));
    List<Task> given = List.of(task("a"), task("b"), task("c"), task("a").withTitle("twice"));
    BatchResult result = tasks.addAll(given);
    assertEquals(
        List.of(written(given.get(0), 1, START), written(given.get(2), 1, START)), result.stored());
    assertEquals(List.of(1, 3), result.refused().stream().map(BatchResult.Refusal::index).toList());
    for (BatchResult.Refusal refusal : result.refused()) {
      assertEquals(given.get(refusal.index()), refusal.task());
      assertInstanceOf(DuplicateTaskException.class, refusal.reason());
    }
    assertEquals(there, stored("b"));
    assertEquals(result.stored(), tasks.findByIds(List.of("a", "c")));
  }

  @Test
  void saveAllTellsWhatBecameOfEach() {
    Task known = tasks.add(task("known"));
    Task changed = tasks.add(task("changed"));
    tasks.save(changed.withTitle("meanwhile"));
    Task deleted = tasks.add(task("deleted"));
    tasks.delete("deleted");
    clock.advance(MINUTE);
    List<Task> given =
        List.of(deleted, task("new"), changed, known.withTitle("saved"), known, task("new"));
    BatchResult result = tasks.saveAll(given);
    assertEquals(
        List.of(
            written(given.get(1), 1, clock.instant()), written(given.get(3), 2, clock.instant())),
        result.stored());
    assertEquals(
        List.of(0, 2, 4, 5), result.refused().stream().map(BatchResult.Refusal::index).toList());
    result.refused().forEach(no -> assertInstanceOf(StaleTaskException.class, no.reason()));
    assertEquals("meanwhile", stored("changed").title());
    assertEquals(result.stored(), tasks.findByIds(List.of("new", "known")));
    TaskRepositoryException first = assertThrows(StaleTaskException.class, result::orThrow);
    assertSame(result.refused().get(0).reason(), first);
    assertEquals(3, first.getSuppressed().length);
  }

  @Test
  void emptyBatchesDoNothing() {
    assertEquals(new BatchResult(List.of(), List.of()), tasks.addAll(List.of()));
    assertEquals(List.of(), tasks.saveAll(List.of()).orThrow());
    assertEquals(List.of(), tasks.findByIds(List.of()));
    assertEquals(0, tasks.stats().total());
  }

  @Test
  void findByIdsKeepsTheOrderGivenAndLeavesOutTheUnknown() {
    tasks.addAll(List.of(task("a"), task("b"), task("c"), task("\uD83D\uDE00")));
    List<String> wanted = List.of("\uD83D\uDE00", "c", "x", "a", "c", "\uD83D\uDE00");
    assertEquals(List.of("\uD83D\uDE00", "c", "a"), ids(tasks.findByIds(wanted)));
  }

  @Test
  void idsAreComparedExactly() {
    tasks.addAll(List.of(task("a"), task("A"), task("a "), task("\u00E9"), task("e\u0301")));
    assertEquals(5, tasks.count(TaskQuery.all()));
    assertEquals("a ", stored("a ").id());
    assertTrue(tasks.delete("a"));
    assertEquals("A", stored("A").id());
    assertEquals(Optional.empty(), tasks.findById(" a"));
  }

  @Test
  void deleteSaysWhetherThereWasOne() {
    tasks.addAll(List.of(task("a"), task("b")));
    assertTrue(tasks.delete("a"));
    assertFalse(tasks.delete("a"));
    assertEquals(Optional.empty(), tasks.findById("a"));
    assertEquals(List.of("b"), ids(tasks.findAll()));
  }

  private static Task done(String id, Instant at) {
    return task(id).assignedTo("agent", START).completed(at);
  }

  @Test
  void pruneDeletesOnlyWhatWasCompletedBefore() {
    Instant cut = START.plusSeconds(100);
    tasks.addAll(
        List.of(
            done("early", START),
            done("justBefore", cut.minusNanos(1_000)),
            done("at", cut),
            done("after", cut.plusNanos(1_000)),
            task("pending"),
            task("held").assignedTo("agent", START)));
    assertEquals(2, tasks.prune(cut, 100));
    assertEquals(
        List.of("at", "after", "pending", "held"),
        ids(tasks.findByIds(List.of("early", "justBefore", "at", "after", "pending", "held"))));
    assertEquals(0, tasks.prune(cut, 100));
  }

  @Test
  void pruneTakesItsTimeExactly() {
    tasks.add(done("a", START));
    assertEquals(1, tasks.prune(START.plusNanos(1), 10));
  }

  @Test
  void pruneGoesOnUntilNothingIsLeftWhateverTheBatch() {
    for (int batch : new int[] {1, 3, 4, 12, 13, TaskRepository.MAX_BATCH}) {
      for (int i = 0; i < 12; i++) {
        tasks.add(done("t" + i, START.plusSeconds(i % 3)));
      }
      assertEquals(12, tasks.prune(START.plusSeconds(3), batch));
      assertEquals(0, tasks.count(TaskQuery.all()));
    }
  }

  @Test
  void statsCountByStatusAndAgent() {
    assertEquals(new TaskStats(0, 0, 0, Map.of()), tasks.stats());
    Task nobodys = new Task("n", "n", null, null, START, null, START, 1, START, 0, 0, null);
    tasks.addAll(
        List.of(
            task("p1"),
            task("p2"),
            task("h1").assignedTo("a", START),
            task("h2").assignedTo("a", START),
            task("h3").assignedTo("b", START),
            done("d1", START),
            task("d2").assignedTo("a", START).completed(START),
            nobodys));
    TaskStats stats = tasks.stats();
    assertEquals(
        new TaskStats(
            2,
            3,
            3,
            Map.of(
                "a", new TaskStats.Agent(2, 1),
                "b", new TaskStats.Agent(1, 0),
                "agent", new TaskStats.Agent(0, 1))),
        stats);
    assertEquals(8, stats.total());
  }

  @Test
  void longestTextsComeBackWhole() {
    String face = "\uD83D\uDE00";
    Task given =
        task(face.repeat(Task.MAX_ID_LENGTH / 2))
            .withTitle("\uFFFF".repeat(Task.MAX_TITLE_LENGTH))
            .withDescription(face.repeat(Task.MAX_DESCRIPTION_LENGTH / 2))
            .assignedTo("\uE000".repeat(Task.MAX_ID_LENGTH), START);
    tasks.add(given);
    assertEquals(written(given, 1, START), stored(given.id()));
  }

  @Test
  void outermostTimesComeBack() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
    Task given =
        new Task("a", "t", null, "g", Instant.EPOCH, last, last, 1, last, 0, 0, Instant.EPOCH);
    tasks.add(given);
    assertEquals(written(given, 1, START), stored("a"));
  }
}
