package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What becomes of input that nobody should give; afterwards the repository works as before. */
public abstract class BadInputContract extends RepositoryContract {
  private static final List<String> SQL =
      List.of(
          "'; DROP TABLE tasks; --",
          "x') ; DELETE FROM tasks WHERE ('1'='1",
          "\"quoted\" `ticked` [braced]",
          "? ?1 :id @id $id",
          "' OR 1=1 --",
          "%_\\%%",
          "%s %d {0} ${user.home}",
          "NULL");

  private static void refused(Executable call) {
    InvalidValueException refusal = assertThrows(InvalidValueException.class, call);
    assertTrue(refusal.getMessage().length() < 2_000, "the message must not hold the whole value");
  }

  private static void nullRefused(String name, Executable call) {
    String message = assertThrows(NullPointerException.class, call).getMessage();
    assertTrue(message != null && message.startsWith(name), name + " is not named by: " + message);
  }

  @AfterEach
  void repositoryStillWorks() {
    clock.set(START);
    Task task = tasks.add(task("still").withPriority(Integer.MAX_VALUE));
    assertEquals(Optional.of(task), tasks.findById("still"));
    Task taken =
        tasks.claim("still", 10_000, MINUTE).stream()
            .filter(one -> one.id().equals("still"))
            .findAny()
            .orElseThrow();
    assertEquals(TaskStatus.COMPLETED, tasks.complete("still", taken.lease()).status());
    assertTrue(tasks.delete("still"));
  }

  @Test
  void nullsAreRefusedByName() {
    nullRefused("task", () -> tasks.add(nothing()));
    nullRefused("task", () -> tasks.save(nothing()));
    nullRefused("tasks", () -> tasks.addAll(nothing()));
    nullRefused("tasks", () -> tasks.saveAll(nothing()));
    nullRefused("id", () -> tasks.findById(nothing()));
    nullRefused("ids", () -> tasks.findByIds(nothing()));
    nullRefused("query", () -> tasks.find(nothing()));
    nullRefused("query", () -> tasks.findPage(nothing(), 1));
    nullRefused("query", () -> tasks.count(nothing()));
    nullRefused("query", () -> tasks.<Long>stream(nothing(), Stream::count));
    nullRefused("use", () -> tasks.<Long>stream(TaskQuery.all(), nothing()));
    nullRefused("query", () -> tasks.<Long>streamSnapshot(nothing(), MINUTE, Stream::count));
    nullRefused("use", () -> tasks.<Long>streamSnapshot(TaskQuery.all(), MINUTE, nothing()));
    nullRefused("agent", () -> tasks.claim(nothing(), 1, MINUTE));
    nullRefused("filter", () -> tasks.claim("g", 1, MINUTE, nothing()));
    nullRefused("id", () -> tasks.renewLease(nothing(), 1, MINUTE));
    nullRefused("id", () -> tasks.complete(nothing(), 1));
    nullRefused("id", () -> tasks.release(nothing(), 1));
    nullRefused("id", () -> tasks.delete(nothing()));
    nullRefused("completedBefore", () -> tasks.prune(nothing(), 1));
    nullRefused("work", () -> tasks.<Integer>inTransaction(nothing()));
    nullRefused("listener", () -> tasks.addListener(nothing()));
  }

  @Test
  void nullDurationsAreRefusedByName() {
    nullRefused("lease", () -> tasks.claim("g", 1, nothing()));
    nullRefused("atMost", () -> tasks.<Long>streamSnapshot(TaskQuery.all(), nothing(), s -> 0L));
  }

  @Test
  void nullDurationOfARenewalIsRefusedByName() {
    String message =
        assertThrows(NullPointerException.class, () -> tasks.renewLease("a", 1, nothing()))
            .getMessage();
    assertTrue(message != null && message.contains("duration"), message);
  }

  @Test
  void batchesWithANullStoreNothing() {
    List<Task> given = Arrays.asList(task("a"), nothing(), task("b"));
    nullRefused("tasks", () -> tasks.addAll(given));
    nullRefused("tasks", () -> tasks.saveAll(given));
    nullRefused("ids", () -> tasks.findByIds(Arrays.asList("a", nothing())));
    assertEquals(0, tasks.count(TaskQuery.all()));
  }

  @Test
  void textsThatAreNoTextsAreRefused() {
    String huge = "x".repeat(10_000_000);
    for (String bad : List.of("", " ", "\t\n", "a\0b", "\u0085", "a\uD800", "\uDC00a", huge)) {
      refused(() -> task("a").withId(bad));
      refused(() -> task("a").withTitle(bad));
      refused(() -> task("a").assignedTo(bad, START));
      refused(() -> TaskQuery.forAgent(bad));
      refused(() -> tasks.findByAgent(bad));
      refused(() -> tasks.claim(bad, 1, MINUTE));
    }
    for (String bad : List.of("a\0b", "\uD83D", "\uDE00\uD83D", huge)) {
      refused(() -> task("a").withDescription(bad));
      refused(() -> TaskFilter.NONE.containing(bad));
    }
  }

  @Test
  void idThatNoTaskCanHaveFindsNothing() {
    tasks.addAll(List.of(task("?"), task("a"), task("\uFFFD"), task("a?"), task("a\uFFFD")));
    for (String id : List.of("", " ", "a\0b", "\0", "\uD800", "a\uDC00", "x".repeat(10_000_000))) {
      assertEquals(Optional.empty(), tasks.findById(id));
      assertEquals(List.of(), tasks.findByIds(List.of(id)));
      assertThrows(StaleTaskException.class, () -> tasks.complete(id, 1));
      assertThrows(StaleTaskException.class, () -> tasks.renewLease(id, 1, MINUTE));
      assertThrows(StaleTaskException.class, () -> tasks.release(id, 1));
      assertFalse(tasks.delete(id));
    }
    assertEquals(5, tasks.count(TaskQuery.all()));
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    for (int bad : new int[] {0, -1, Integer.MIN_VALUE, 100_001, Integer.MAX_VALUE}) {
      refused(() -> TaskQuery.all().limit(bad));
      refused(() -> tasks.findAll(bad));
      refused(() -> tasks.findPending(bad));
      refused(() -> tasks.findByAgent("g", bad));
    }
    assertEquals(List.of(), tasks.findAll(TaskQuery.MAX_LIMIT));
    for (int bad : new int[] {0, -1, Integer.MIN_VALUE, 10_001, Integer.MAX_VALUE}) {
      refused(() -> tasks.claim("g", bad, MINUTE));
      refused(() -> tasks.prune(START, bad));
    }
    for (int bad : new int[] {0, -1, Integer.MIN_VALUE}) {
      refused(() -> tasks.findPage(TaskQuery.all(), bad));
    }
  }

  @Test
  void tooManyIdsAreRefused() {
    List<String> ids = IntStream.rangeClosed(0, 10_000).mapToObj(i -> "t" + i).toList();
    refused(() -> tasks.findByIds(ids));
    assertEquals(List.of(), tasks.findByIds(ids.subList(0, 10_000)));
  }

  @Test
  void leasesOutOfRangeAreRefused() {
    tasks.add(task("a"));
    for (Duration bad :
        List.of(
            Duration.ZERO,
            Duration.ofNanos(999_999),
            Duration.ofSeconds(-1),
            Duration.ofDays(366).plusNanos(1),
            Duration.ofSeconds(Long.MAX_VALUE),
            Duration.ofSeconds(Long.MIN_VALUE))) {
      refused(() -> tasks.claim("g", 1, bad));
      refused(() -> tasks.renewLease("a", 1, bad));
    }
    for (long bad : new long[] {0, -1, Long.MIN_VALUE}) {
      refused(() -> tasks.renewLease("a", bad, MINUTE));
      refused(() -> tasks.complete("a", bad));
      refused(() -> tasks.release("a", bad));
    }
    assertThrows(StaleTaskException.class, () -> tasks.complete("a", Long.MAX_VALUE));
    assertEquals(1, stored("a").version());
    assertEquals(1, tasks.claim("g", 1, Duration.ofDays(366)).size());
  }

  @Test
  void snapshotTimeLimitsThatAreNotPositiveAreRefused() {
    for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      refused(() -> tasks.<Long>streamSnapshot(TaskQuery.all(), bad, Stream::count));
    }
  }

  @Test
  void snapshotTimeLimitMayBeHuge() {
    tasks.add(task("a"));
    Duration huge = Duration.ofSeconds(Long.MAX_VALUE);
    assertEquals(
        List.of("a"), ids(tasks.<List<Task>>streamSnapshot(TaskQuery.all(), huge, Stream::toList)));
  }

  @Test
  void timesOutsideOfATasksRangeAreRefused() {
    for (Instant bad :
        List.of(
            Instant.EPOCH.minusNanos(1),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.MIN,
            Instant.MAX)) {
      refused(() -> task("a").withCreatedAt(bad));
      refused(() -> task("a").assignedTo("g", bad));
      refused(() -> task("a").assignedTo("g", START).completed(bad));
      refused(() -> new TaskFilter(bad, null, null, null));
      refused(() -> new TaskFilter(null, bad, null, null));
    }
  }

  @Test
  void pruneTakesAnyInstant() {
    Task done = task("a").assignedTo("g", START).completed(START);
    tasks.add(done);
    for (long year = -1_000_000_000L; year < 2_000; year += 37_000_000L) {
      Instant early =
          Instant.ofEpochSecond(Math.max(year * 31_556_952L, Instant.MIN.getEpochSecond()));
      assertEquals(0, tasks.prune(early, 10), () -> "before " + early);
    }
    for (long year = 10_000; year < 1_000_000_000L; year += 37_000_000L) {
      Instant late = Instant.ofEpochSecond(year * 31_556_952L - 62_167_219_200L);
      assertEquals(1, tasks.prune(late, 10), () -> "before " + late);
      tasks.add(done);
    }
    assertEquals(0, tasks.prune(Instant.MIN, 10));
    assertEquals(1, tasks.prune(Instant.MAX, 10));
  }

  @Test
  void sqlIsTextLikeAnyOther() {
    List<Task> given = new ArrayList<>();
    for (String sql : SQL) {
      given.add(task(sql).withTitle(sql).withDescription(sql).assignedTo(sql, START));
    }
    List<Task> stored = tasks.addAll(given).orThrow();
    assertEquals(given.stream().map(task -> written(task, 1, START)).toList(), stored);
    assertEquals(stored, tasks.findByIds(SQL));
    for (Task task : stored) {
      assertEquals(task.id(), task.title());
      assertEquals(List.of(task), tasks.findByAgent(task.id()));
      assertTrue(
          tasks
              .find(TaskQuery.all().where(TaskFilter.NONE.containing(task.id())))
              .items()
              .contains(task));
      TaskQuery one = TaskQuery.forAgent(task.id()).limit(1);
      assertEquals(List.of(), tasks.find(one.at(Cursor.after(one, task))).items());
      assertTrue(tasks.delete(task.id()));
    }
    for (String sql : SQL) {
      tasks.add(task("claimed"));
      assertEquals(sql, tasks.claim(sql, 1, MINUTE).get(0).assignedAgentId());
      tasks.delete("claimed");
    }
  }

  @Test
  void outermostPrioritiesSortAndPageRight() {
    List<Integer> order = List.of(Integer.MAX_VALUE, 1, 0, -1, Integer.MIN_VALUE);
    for (int priority : order) {
      tasks.add(task("p" + priority).withPriority(priority));
    }
    TaskQuery query = TaskQuery.pending().limit(1);
    List<Integer> found = new ArrayList<>();
    Optional<Cursor> next = Optional.empty();
    do {
      Page<Task> page = tasks.find(next.map(query::at).orElse(query));
      page.items().forEach(task -> found.add(task.priority()));
      next = page.next();
    } while (next.isPresent());
    assertEquals(order, found);
    TaskQuery most = query.where(TaskFilter.NONE.atLeast(Integer.MAX_VALUE));
    assertEquals(1, tasks.count(most));
    assertEquals(5, tasks.count(query.where(TaskFilter.NONE.atLeast(Integer.MIN_VALUE))));
    assertEquals(order, tasks.claim("g", 9, MINUTE).stream().map(Task::priority).toList());
  }

  @Test
  void cursorOfAnotherQueryIsRefused() {
    tasks.addAll(List.of(task("a"), task("b"), task("c")));
    TaskQuery query = TaskQuery.all().limit(1);
    Cursor cursor = tasks.find(query).next().orElseThrow();
    assertEquals(2, tasks.find(query.limit(2).at(cursor)).items().size());
    for (TaskQuery other :
        List.of(
            TaskQuery.pending(),
            TaskQuery.forAgent("a"),
            query.open(),
            query.order(TaskOrder.URGENT_FIRST),
            query.where(TaskFilter.NONE.atLeast(1)),
            query.where(TaskFilter.NONE.containing("T")),
            query.created(START, START.plusSeconds(1)))) {
      refused(() -> other.at(cursor));
    }
    refused(() -> tasks.findPage(query.at(cursor), 1));
  }

  @Test
  void tamperedCursorIsRefused() {
    tasks.addAll(List.of(task("a"), task("b"), task("c")));
    TaskQuery query = TaskQuery.all().limit(1);
    String text = tasks.find(query).next().orElseThrow().toString();
    String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
    for (String altered :
        List.of(
            plain + "x",
            plain.replaceFirst("^a", "b"),
            plain.replaceFirst("\\|1\\|", "|2|"),
            plain.replaceFirst("[^|]*$", "a' OR 1=1 --"))) {
      String bad = Base64.getUrlEncoder().encodeToString(altered.getBytes(StandardCharsets.UTF_8));
      refused(() -> query.at(Cursor.parse(bad)));
    }
    for (String bad : List.of("", "x", "!!!", text + "A", "a".repeat(10_000_000), "\0\uD800")) {
      refused(() -> query.at(Cursor.parse(bad)));
    }
  }
}
