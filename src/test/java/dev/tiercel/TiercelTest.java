package dev.tiercel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TypedCache;
import dev.tiercel.task.ManualClock;
import dev.tiercel.task.RepositoryClosedException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.UnsupportedDatabaseException;
import dev.tiercel.tier.CacheTierException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door: what it opens, what it leaves on the disk, and how it closes. */
class TiercelTest {
  private static final long MEGABYTES = 1L << 20;
  private static final TaskQuery OPEN = TaskQuery.forAgent("agent-7").open().limit(50);

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("tasks.db");
  }

  private static Task task(String id) {
    return Task.titled("Task " + id).withId(id);
  }

  @Test
  void whatIsReadAgainComesFromTheCache() {
    try (Tiercel tiercel = Tiercel.open(file())) {
      TaskRepository tasks = tiercel.tasks();
      Task report = tasks.save(task("report").assignedTo("agent-7"));
      assertEquals(List.of(report), tasks.find(OPEN).items());
      assertSame(tasks.find(OPEN), tasks.find(OPEN));
      assertEquals(1, tiercel.cache().stats().loads());
      Task changed = tasks.save(report.withTitle("changed"));
      assertEquals(List.of(changed), tasks.find(OPEN).items());
      assertEquals(2, tiercel.cache().stats().loads());
    }
  }

  @Test
  void whatIsToBeWarmIsThereBeforeSomebodyAsks() throws InterruptedException {
    try (Tiercel tiercel =
        Tiercel.builder(file())
            .warm("pending", Duration.ofHours(1), TaskRepository::findPending)
            .build()) {
      assertEquals(1, tiercel.warmer().warmNow().warmed());
      long loads = tiercel.cache().stats().loads();
      tiercel.tasks().findPending();
      assertEquals(loads, tiercel.cache().stats().loads());
      assertEquals("pending", tiercel.warmer().outcomes().get(0).name());
    }
    TiercelBuilder none = Tiercel.builder(file()).uncached().warm("a", Duration.ofHours(1), t -> t);
    assertTrue(assertThrows(IllegalStateException.class, none::build).getMessage().contains("'a'"));
    assertThrows(IllegalArgumentException.class, () -> none.warm("a", Duration.ofHours(1), t -> t));
  }

  @Test
  void aKeyIsExplainedByItsTextOrItsBeginningOrTheCall() {
    try (Tiercel tiercel = Tiercel.open(file())) {
      assertEquals(Optional.empty(), tiercel.explain("tasks:agent:agent-7"));
      tiercel.tasks().find(OPEN);
      String whole = "tasks:agent:agent-7:pending+assigned:newest_first:limit:50";
      assertEquals(whole, tiercel.explain("tasks:agent:agent-7").orElseThrow().key());
      assertTrue(tiercel.explain(whole).orElseThrow().current());
      assertEquals(whole, tiercel.explain(tasks -> tasks.find(OPEN)).orElseThrow().key());
      assertEquals(Optional.empty(), tiercel.explain("tasks:agent:agent"));
      tiercel.tasks().add(task("a").assignedTo("agent-7"));
      assertFalse(tiercel.explain("tasks:agent:agent-7").orElseThrow().current());
    }
  }

  @Test
  void otherValuesFallWithTheTasksThatTheyAreMadeOf() {
    try (Tiercel tiercel = Tiercel.open(file())) {
      TypedCache<String> boards = tiercel.cache().typed(String.class);
      TaskRepository tasks = tiercel.tasks();
      assertEquals("0", board(boards, tasks));
      tasks.add(task("a"));
      assertEquals("1", board(boards, tasks));
    }
  }

  private static String board(TypedCache<String> boards, TaskRepository tasks) {
    return String.valueOf(
        boards.get("board", dev.tiercel.cache.Tags.of(), () -> "" + tasks.findPending().size()));
  }

  @Test
  void onlyOneHasTheCacheAndAnyNumberNone() {
    try (Tiercel owner = Tiercel.open(file())) {
      UnsupportedDatabaseException refused =
          assertThrows(UnsupportedDatabaseException.class, () -> Tiercel.open(file()));
      assertTrue(String.valueOf(refused.getMessage()).contains("without caches"));
      try (Tiercel other = Tiercel.builder(file()).uncached().build()) {
        owner.tasks().add(task("a"));
        assertEquals(1, other.tasks().findAll().size());
        assertThrows(IllegalStateException.class, other::cache);
        assertThrows(IllegalStateException.class, () -> other.explain("tasks:all"));
      }
    }
    Tiercel.open(file()).close();
  }

  @Test
  void besideTheDatabaseLieItsLogAndTheLock() throws IOException {
    try (Tiercel tiercel = Tiercel.open(file())) {
      tiercel.tasks().add(task("a"));
      assertEquals(
          Set.of("tasks.db", "tasks.db-wal", "tasks.db-shm", "tasks.db-owner"), names(folder));
    }
    assertEquals(Set.of("tasks.db", "tasks.db-owner"), names(folder));
  }

  @Test
  void withoutACacheThereIsNoLock() throws IOException {
    try (Tiercel tiercel = Tiercel.builder(file()).uncached().build()) {
      tiercel.tasks().add(task("a"));
      assertEquals(Set.of("tasks.db", "tasks.db-wal", "tasks.db-shm"), names(folder));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private Tiercel tiered() {
    return Tiercel.builder(file())
        .memory(4 * MEGABYTES)
        .sqliteTier(folder.resolve("cache.db"), 16 * MEGABYTES)
        .fileTier(folder.resolve("cache"), 16 * MEGABYTES)
        .ttl(Duration.ofMinutes(10))
        .jitter(0.1)
        .failSafe(Duration.ofHours(1))
        .build();
  }

  @Test
  void whatIsInATierSurvivesARestartAndWhatWasWrittenDoesNot() throws InterruptedException {
    Task a;
    try (Tiercel tiercel = tiered()) {
      a = tiercel.tasks().add(task("a").assignedTo("agent-7"));
      tiercel.tasks().add(task("b").assignedTo("agent-8"));
      assertEquals(7, readAll(tiercel.tasks()));
      assertTrue(tiercel.cache().flush(Duration.ofMinutes(1)));
    }
    try (Tiercel tiercel = tiered()) {
      assertEquals(7, readAll(tiercel.tasks()));
      assertEquals(0, tiercel.cache().stats().loads());
      Task changed = tiercel.tasks().save(a.withTitle("changed"));
      assertEquals(List.of(changed), tiercel.tasks().find(OPEN).items());
      assertTrue(tiercel.cache().flush(Duration.ofMinutes(1)));
    }
    try (Tiercel tiercel = tiered()) {
      assertEquals("changed", tiercel.tasks().find(OPEN).items().get(0).title());
      assertEquals("changed", tiercel.tasks().findById("a").orElseThrow().title());
    }
  }

  /** Asks every kind of question; answers to how many tasks there were in all. */
  private static long readAll(TaskRepository tasks) {
    assertEquals(2, tasks.stats().assigned());
    return tasks.find(OPEN).items().size()
        + tasks.findById("a").stream().count()
        + tasks.findById("none").stream().count()
        + tasks.findByIds(List.of("a", "b", "none")).size()
        + tasks.findPage(TaskQuery.all().limit(1), 2).items().size()
        + tasks.count(TaskQuery.all());
  }

  @Test
  void theFilesOfTheTiersAreForTheirOwnerOnly() throws IOException {
    try (Tiercel tiercel = tiered()) {
      tiercel.tasks().count(TaskQuery.all());
      if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
        assertEquals(
            "rw-------",
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("cache.db"))));
        assertEquals(
            "rwx------",
            PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("cache"))));
      }
    }
  }

  @Test
  void closingInsideATransactionIsRefusedAndLeavesEverythingOpen() {
    try (Tiercel tiercel = Tiercel.open(file())) {
      TaskRepository tasks = tiercel.tasks();
      tasks.<Integer>inTransaction(
          tx -> {
            assertThrows(IllegalStateException.class, tiercel::close);
            return 0;
          });
      tasks.add(task("a"));
      assertSame(tasks.findAll(), tasks.findAll());
    }
  }

  @Test
  void whatIsClosedAnswersNothingFromItsCache() {
    Tiercel tiercel = Tiercel.open(file());
    tiercel.tasks().add(task("a"));
    assertEquals(1, tiercel.tasks().findAll().size());
    tiercel.close();
    tiercel.close();
    assertThrows(RepositoryClosedException.class, () -> tiercel.tasks().findAll());
    assertThrows(RepositoryClosedException.class, () -> tiercel.tasks().add(task("b")));
  }

  @Test
  void whatCannotBeOpenedLeavesNothingOpen() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "no folder");
    assertThrows(
        CacheTierException.class,
        () -> Tiercel.builder(file()).fileTier(taken, 16 * MEGABYTES).build());
    assertThrows(IllegalArgumentException.class, () -> Tiercel.builder(file()).jitter(0.1).build());
    Tiercel.open(file()).close();
  }

  @Test
  void whatIsOutOfRangeIsRefusedWhereItIsSet() {
    TiercelBuilder builder = Tiercel.builder(file());
    assertThrows(IllegalArgumentException.class, () -> builder.memory(0));
    assertThrows(IllegalArgumentException.class, () -> builder.jitter(2));
    assertThrows(IllegalArgumentException.class, () -> builder.ttl(Duration.ofDays(99)));
    assertThrows(IllegalArgumentException.class, () -> builder.failSafe(Duration.ofDays(-1)));
    assertThrows(IllegalArgumentException.class, () -> builder.sqliteTier(folder, 1));
    assertThrows(IllegalArgumentException.class, () -> builder.fileTier(folder, 1));
  }

  @Test
  void inMemoryATestSetsTheTimeAndNothingIsOnTheDisk() throws IOException {
    ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    try (Tiercel tiercel = Tiercel.inMemory(clock)) {
      TaskRepository tasks = tiercel.tasks();
      tasks.add(task("a"));
      tasks.claim("slow", 1, Duration.ofMinutes(1));
      assertEquals(List.of(), tasks.claim("quick", 1, Duration.ofMinutes(1)));
      assertEquals(1, tasks.findByAgent("slow").size());
      clock.advance(Duration.ofMinutes(1));
      assertEquals(1, tasks.claim("quick", 1, Duration.ofMinutes(1)).size());
      assertEquals(0, tasks.findByAgent("slow").size());
      assertSame(tasks.findAll(), tasks.findAll());
      assertTrue(tiercel.explain("tasks:all").orElseThrow().current());
      assertThrows(UnsupportedOperationException.class, () -> tiercel.backup(file()));
    }
    try (Tiercel tiercel = Tiercel.inMemory()) {
      assertEquals(0, tiercel.tasks().stats().total());
    }
    assertEquals(Set.of(), names(folder));
  }
}
