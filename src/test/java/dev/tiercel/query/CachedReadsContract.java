package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.query.Stacks.Stack;
import dev.tiercel.task.ManualClock;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user notices of the cache in front of a repository, whatever repository it is. */
abstract class CachedReadsContract {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final ManualClock clock = new ManualClock(START);
  final Stacks stacks = new Stacks();
  private CachedTaskRepository tasks;
  private TaskRepository bare;

  abstract Stack open(InstantSource clock);

  @BeforeEach
  void open() {
    Stack stack = open(clock);
    tasks = stack.cached();
    bare = stack.bare();
  }

  @AfterEach
  void close() {
    stacks.close();
  }

  static Task task(String id) {
    return Task.titled("Task " + id).withId(id).withCreatedAt(START);
  }

  private long loads() {
    return tasks.cache().stats().loads();
  }

  @Test
  void aListThatIsReadAgainIsHandedOutWithoutACopy() {
    for (int i = 0; i < 50; i++) {
      tasks.add(task("t" + i).assignedTo("agent-7", START));
    }
    Page<Task> first = tasks.find(TaskQuery.forAgent("agent-7").limit(50));
    assertEquals(50, first.items().size());
    assertSame(first, tasks.find(TaskQuery.forAgent("agent-7").limit(50)));
    assertSame(first.items(), tasks.findByAgent("agent-7", 50));
    assertThrows(UnsupportedOperationException.class, () -> first.items().remove(0));
  }

  @Test
  void equalQueriesHaveOneAnswerHoweverTheyWerePutTogether() {
    tasks.add(task("a").withPriority(5).assignedTo("agent", START));
    Page<Task> answer =
        tasks.find(
            TaskQuery.all()
                .withStatus(TaskStatus.PENDING, TaskStatus.ASSIGNED)
                .where(TaskFilter.NONE.atLeast(3).containing("Task"))
                .order(TaskOrder.URGENT_FIRST)
                .limit(9));
    assertSame(
        answer,
        tasks.find(
            TaskQuery.pending()
                .limit(9)
                .where(TaskFilter.NONE.containing("Task").atLeast(3))
                .withStatus(TaskStatus.ASSIGNED, TaskStatus.PENDING)));
    assertEquals(1, loads());
  }

  @Test
  void differentQueriesHaveDifferentAnswers() {
    tasks.add(task("a").withPriority(5));
    assertNotSame(tasks.find(TaskQuery.all()), tasks.find(TaskQuery.all().limit(7)));
    assertTrue(tasks.find(TaskQuery.all().counted()).total().isPresent());
    assertFalse(tasks.find(TaskQuery.all()).total().isPresent());
    assertEquals(1, tasks.count(TaskQuery.all().where(TaskFilter.NONE.atLeast(5))));
    assertEquals(0, tasks.count(TaskQuery.all().where(TaskFilter.NONE.atLeast(6))));
  }

  @Test
  void aCountIsTheSameWhateverThePage() {
    tasks.add(task("a"));
    assertEquals(1, tasks.count(TaskQuery.all()));
    assertEquals(1, tasks.count(TaskQuery.all().limit(7).counted().order(TaskOrder.URGENT_FIRST)));
    assertEquals(1, loads());
  }

  @Test
  void thatThereIsNoTaskIsKnownUntilOneIsAdded() {
    assertEquals(Optional.empty(), tasks.findById("a"));
    assertEquals(Optional.empty(), tasks.findById("a"));
    assertEquals(List.of(), tasks.findByIds(List.of("a", "b")));
    assertEquals(2, loads());
    Task added = tasks.add(task("a"));
    assertEquals(Optional.of(added), tasks.findById("a"));
    assertEquals(List.of(added), tasks.findByIds(List.of("a", "b")));
  }

  @Test
  void whatIsAboutThePresentIsNotCached() {
    tasks.add(task("a"));
    TaskQuery recent = TaskQuery.all().created(START, START.plusSeconds(60));
    for (int i = 0; i < 2; i++) {
      assertEquals(1, tasks.find(recent).items().size());
      assertEquals(1, tasks.count(recent));
      assertEquals(1, tasks.findPage(recent, 1).total());
      assertEquals(1, tasks.<Long>stream(TaskQuery.all(), Stream::count));
    }
    assertEquals(0, loads());
    assertEquals(0, tasks.cache().stats().size());
  }

  @Test
  void aLeaseThatRunsOutChangesNoAnswerUntilTheTaskIsTakenOver() {
    tasks.add(task("a"));
    Task held = tasks.claim("slow", 1, Duration.ofMinutes(1)).get(0);
    assertEquals(List.of(held), tasks.findByAgent("slow"));
    clock.advance(Duration.ofMinutes(2));
    assertEquals(List.of(held), tasks.findByAgent("slow"));
    Task taken = tasks.claim("quick", 1, Duration.ofMinutes(1)).get(0);
    assertEquals(List.of(), tasks.findByAgent("slow"));
    assertEquals(List.of(taken), tasks.findByAgent("quick"));
  }

  @Test
  void whatIsReadInsideATransactionFillsNothing() {
    tasks.add(task("a"));
    tasks.<Integer>inTransaction(
        tx -> {
          tx.add(task("b"));
          assertEquals(2, tx.findAll().size());
          assertEquals(1, tasks.findAll().size());
          assertEquals(Optional.empty(), tasks.findById("b"));
          return 0;
        });
    assertEquals(0, tasks.cache().stats().size());
    assertEquals(2, tasks.findAll().size());
    assertTrue(tasks.findById("b").isPresent());
  }

  @Test
  void whatIsUndoneIsNeverSeen() {
    Task known = tasks.add(task("a"));
    assertEquals(List.of(known), tasks.findAll());
    assertThrows(
        ArithmeticException.class,
        () ->
            tasks.<Integer>inTransaction(
                tx -> {
                  tx.save(known.withTitle("changed"));
                  assertEquals(List.of(known), tasks.findAll());
                  throw new ArithmeticException("on purpose");
                }));
    assertEquals(List.of(known), tasks.findAll());
    assertEquals(Optional.of(known), tasks.findById("a"));
  }

  @Test
  void whatIsWrittenToTheRepositoryItselfIsSeenToo() {
    Task known = tasks.add(task("a"));
    assertEquals(List.of(known), tasks.findAll());
    Task changed = bare.save(known.withTitle("changed"));
    assertEquals(List.of(changed), tasks.findAll());
    bare.<Boolean>inTransaction(tx -> tx.delete("a"));
    assertEquals(List.of(), tasks.findAll());
  }

  @Test
  void listenersReadWhatTheyHearOf() {
    List<Optional<Task>> read = new ArrayList<>();
    tasks.addListener(changes -> read.add(tasks.findById("a")));
    assertEquals(Optional.empty(), tasks.findById("a"));
    Task added = tasks.add(task("a"));
    Task saved = tasks.save(added.withTitle("changed"));
    assertEquals(List.of(Optional.of(added), Optional.of(saved)), read);
  }

  @Test
  void listenersMayWrite() {
    tasks.findAll();
    tasks.addListener(
        changes -> {
          if (!changes.get(0).after().id().equals("b")) {
            tasks.add(task("b"));
          }
        });
    tasks.add(task("a"));
    assertEquals(2, tasks.findAll().size());
    assertEquals(2, tasks.stats().pending());
  }

  @Test
  void whatIsMadeOfAnswersFallsWithThem() {
    TypedCache<Integer> boards = tasks.cache().typed(Integer.class);
    tasks.add(task("a").assignedTo("x", START));
    Tag own = Tag.of("board");
    assertEquals(1, boards.get("board:x", own, () -> tasks.findByAgent("x").size()));
    tasks.add(task("b").assignedTo("y", START));
    assertEquals(Optional.of(1), boards.getIfPresent("board:x"));
    tasks.add(task("c").assignedTo("x", START));
    assertEquals(2, boards.get("board:x", own, () -> tasks.findByAgent("x").size()));
  }

  @Test
  void aCallIsExplainedAndNotCarriedOut() {
    Task added = tasks.add(task("a").assignedTo("agent-7", START));
    TaskQuery query = TaskQuery.forAgent("agent-7").open().limit(50);
    assertEquals(Optional.empty(), tasks.explain(tasks -> tasks.find(query)));
    tasks.find(query);
    assertTrue(tasks.explain(tasks -> tasks.find(query)).orElseThrow().current());
    assertTrue(tasks.cache().explain("tasks:agent:agent-7").orElseThrow().current());
    tasks.save(added.withTitle("changed"));
    String why = tasks.explain(tasks -> tasks.find(query)).orElseThrow().why().orElseThrow();
    assertTrue(why.contains("changed agent:agent-7"), why);
    tasks.find(query);
    String last = tasks.explain(tasks -> tasks.find(query)).orElseThrow().toString();
    assertTrue(last.contains("a write had made the value void"), last);
    assertEquals(2, loads());
  }

  @Test
  void everyReadCanBeExplainedAndNoWrite() {
    List<Function<TaskRepository, Object>> reads =
        List.of(
            tasks -> tasks.findById("a"),
            tasks -> tasks.findByIds(List.of("a", "b")),
            TaskRepository::findAll,
            TaskRepository::findPending,
            tasks -> tasks.findByAgent("x"),
            tasks -> tasks.findPage(TaskQuery.all(), 2),
            tasks -> tasks.count(TaskQuery.all()),
            TaskRepository::stats);
    for (Function<TaskRepository, Object> read : reads) {
      assertEquals(Optional.empty(), tasks.explain(read));
      assertEquals(read.apply(bare), read.apply(tasks));
      assertTrue(tasks.explain(read).orElseThrow().current());
    }
    TaskQuery recent = TaskQuery.all().created(START, START.plusSeconds(1));
    assertTrue(uncached(tasks -> tasks.find(recent)).contains("by time of creation"));
    assertTrue(
        uncached(tasks -> tasks.<Object>stream(TaskQuery.all(), Stream::count)).contains("stream"));
    assertThrows(IllegalArgumentException.class, () -> tasks.explain(tasks -> tasks.delete("a")));
    assertThrows(IllegalArgumentException.class, () -> tasks.explain(tasks -> "nothing"));
  }

  private String uncached(Function<TaskRepository, Object> read) {
    return tasks.explain(read).orElseThrow().lastMiss().orElseThrow();
  }

  @Test
  void aClosedOnePassesReadsOn() {
    Task added = tasks.add(task("a"));
    assertEquals(List.of(added), tasks.findAll());
    tasks.close();
    tasks.close();
    bare.delete("a");
    assertEquals(List.of(), tasks.findAll());
    assertEquals(Optional.empty(), tasks.findById("a"));
  }

  @Test
  void idsThatNoTaskCanHaveTakeNoPlace() {
    assertEquals(Optional.empty(), tasks.findById("x".repeat(Task.MAX_ID_LENGTH + 1)));
    List<String> many = Stream.iterate("x", id -> id + "x").limit(QueryCache.MAX_IDS + 1).toList();
    assertEquals(List.of(), tasks.findByIds(many));
    assertEquals(List.of(), tasks.findByIds(List.of()));
    assertEquals(0, tasks.cache().stats().size());
  }
}
