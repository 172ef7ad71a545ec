package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskQueryTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void factoriesSayWhatTheyList() {
    assertEquals(Set.of(TaskStatus.values()), TaskQuery.all().statuses());
    assertEquals(TaskOrder.NEWEST_FIRST, TaskQuery.all().order());
    assertEquals("a", TaskQuery.forAgent("a").agent());
    assertEquals(Set.of(TaskStatus.PENDING), TaskQuery.pending().statuses());
    assertEquals(TaskOrder.URGENT_FIRST, TaskQuery.pending().order());
    assertEquals(
        Set.of(TaskStatus.PENDING, TaskStatus.ASSIGNED), TaskQuery.all().open().statuses());
    assertEquals(TaskQuery.DEFAULT_LIMIT, TaskQuery.all().limit());
    assertFalse(TaskQuery.all().withTotal());
    assertTrue(TaskQuery.all().counted().withTotal());
  }

  @Test
  void queriesAreValues() {
    assertEquals(
        TaskQuery.all().withStatus(TaskStatus.PENDING, TaskStatus.ASSIGNED),
        TaskQuery.all().open());
    assertEquals(TaskQuery.all().open().hashCode(), TaskQuery.all().open().hashCode());
    assertNotEquals(TaskQuery.all(), TaskQuery.all().limit(7));
  }

  @Test
  void narrowingGoesBackToTheFirstPage() {
    TaskQuery query = TaskQuery.all();
    TaskQuery placed = query.at(Cursor.after(query, Task.titled("t")));
    assertEquals(placed.cursor(), placed.limit(3).counted().cursor());
    assertNull(placed.open().cursor());
    assertNull(placed.where(TaskFilter.NONE.atLeast(1)).cursor());
    assertNull(placed.order(TaskOrder.URGENT_FIRST).cursor());
    assertNull(placed.created(AT, AT.plusSeconds(1)).cursor());
  }

  @Test
  void createdKeepsTheOtherConditions() {
    TaskFilter filter =
        TaskQuery.all()
            .where(TaskFilter.NONE.atLeast(2).containing("x"))
            .created(AT, AT.plusSeconds(1))
            .filter();
    assertEquals(new TaskFilter(AT, AT.plusSeconds(1), 2, "x"), filter);
  }

  @Test
  void limitsOutOfRangeAreRefused() {
    assertEquals(1, TaskQuery.all().limit(1).limit());
    assertEquals(100_000, TaskQuery.all().limit(TaskQuery.MAX_LIMIT).limit());
    assertThrows(InvalidValueException.class, () -> TaskQuery.all().limit(0));
    assertThrows(InvalidValueException.class, () -> TaskQuery.all().limit(TaskQuery.MAX_LIMIT + 1));
  }

  @Test
  void noStatusIsRefused() {
    assertThrows(
        InvalidValueException.class,
        () ->
            new TaskQuery(null, Set.of(), TaskFilter.NONE, TaskOrder.URGENT_FIRST, 1, null, false));
  }

  @Test
  void matchesNeedsAgentStatusAndFilter() {
    Task task = Task.titled("t").assignedTo("a", AT).withPriority(2);
    assertTrue(TaskQuery.forAgent("a").matches(task));
    assertFalse(TaskQuery.forAgent("A").matches(task));
    assertFalse(TaskQuery.forAgent("a").withStatus(TaskStatus.COMPLETED).matches(task));
    assertFalse(TaskQuery.forAgent("a").where(TaskFilter.NONE.atLeast(3)).matches(task));
    assertFalse(TaskQuery.pending().matches(task));
  }

  @Test
  void listingOfNoTextDiffersFromThatOfTheTextNull() {
    TaskQuery any = TaskQuery.all();
    assertNotEquals(any.listing(), any.where(TaskFilter.NONE.containing("null")).listing());
  }

  @Test
  void listingsDifferWhereAgentAndTextRunIntoEachOther() {
    String name = "abcdefghijklmnopqrs";
    TaskQuery one = TaskQuery.forAgent("1x").where(TaskFilter.NONE.containing(name + "|foo"));
    TaskQuery other = TaskQuery.forAgent("x|" + name).where(TaskFilter.NONE.containing("foo"));
    assertNotEquals(one.listing(), other.listing());
  }

  @Test
  void listingsOfDifferentQueriesDiffer() {
    TaskQuery all = TaskQuery.all();
    List<TaskQuery> queries =
        List.of(
            all,
            all.open(),
            TaskQuery.forAgent("a"),
            TaskQuery.forAgent("a|"),
            all.order(TaskOrder.URGENT_FIRST),
            all.where(TaskFilter.NONE.atLeast(0)),
            all.where(TaskFilter.NONE.containing("a|")),
            all.where(new TaskFilter(AT, null, null, null)),
            all.where(new TaskFilter(null, AT, null, null)));
    assertEquals(queries.size(), queries.stream().map(TaskQuery::listing).distinct().count());
    assertEquals(all.listing(), all.limit(3).counted().listing());
  }
}
