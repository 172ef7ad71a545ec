package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What it means to list tasks: the same as going through all of them, filtering and sorting. */
public abstract class ListingContract extends SampleContract {
  @Test
  void everyPathAndFilterListsWhatMatchesInOrder() {
    List<Task> all = fill(240);
    for (TaskQuery path : paths()) {
      for (TaskFilter filter : filters()) {
        TaskQuery query = path.where(filter).limit(1_000);
        List<Task> expected = expected(all, query);
        Page<Task> page = tasks.find(query.counted());
        assertEquals(expected, page.items(), query::toString);
        assertEquals(OptionalLong.of(expected.size()), page.total(), query::toString);
        assertEquals(expected.size(), tasks.count(query.limit(1)), query::toString);
        assertEquals(Optional.empty(), page.next(), query::toString);
        assertEquals(Optional.empty(), page.previous(), query::toString);
      }
    }
  }

  @Test
  void pagesLeadForwardToTheEndAndBackwardToTheStart() {
    List<Task> all = fill(150);
    for (TaskQuery path : paths()) {
      for (TaskFilter filter : List.of(TaskFilter.NONE, TaskFilter.NONE.containing("a"))) {
        TaskQuery query = path.where(filter).limit(7);
        assertPagesBothWays(query, expected(all, query));
      }
    }
  }

  @Test
  void pagesOfOneTaskLeadBothWays() {
    List<Task> all = fill(30);
    for (TaskQuery path : paths()) {
      assertPagesBothWays(path.limit(1), expected(all, path));
    }
  }

  private void assertPagesBothWays(TaskQuery query, List<Task> expected) {
    List<Task> forward = new ArrayList<>();
    Page<Task> page = tasks.find(query);
    assertEquals(Optional.empty(), page.previous(), query::toString);
    forward.addAll(page.items());
    while (page.next().isPresent()) {
      page = tasks.find(query.at(passedOn(page.next())));
      assertFalse(page.items().isEmpty(), query::toString);
      assertTrue(page.previous().isPresent(), query::toString);
      assertEquals(OptionalLong.empty(), page.total());
      forward.addAll(page.items());
    }
    assertEquals(expected, forward, query::toString);
    List<List<Task>> backward = new ArrayList<>(List.of(page.items()));
    while (page.previous().isPresent()) {
      page = tasks.find(query.at(passedOn(page.previous())));
      assertFalse(page.items().isEmpty(), query::toString);
      assertTrue(page.next().isPresent(), query::toString);
      backward.add(page.items());
    }
    Collections.reverse(backward);
    assertEquals(expected, backward.stream().flatMap(List::stream).toList(), query::toString);
  }

  @Test
  void cursorOutlivesItsTask() {
    List<Task> all = fill(60);
    for (TaskOrder order : TaskOrder.values()) {
      TaskQuery query = TaskQuery.all().order(order).limit(5);
      List<Task> left = new ArrayList<>(expected(tasks.findAll(), query));
      Page<Task> first = tasks.find(query);
      Task last = left.get(4);
      assertTrue(tasks.delete(last.id()));
      left.remove(last);
      Page<Task> second = tasks.find(query.at(passedOn(first.next())));
      assertEquals(left.subList(4, 9), second.items());
      Task start = left.get(4);
      assertTrue(tasks.delete(start.id()));
      Page<Task> back = tasks.find(query.at(passedOn(second.previous())));
      assertEquals(left.subList(0, 4), back.items());
      assertEquals(Optional.empty(), back.previous());
      left.remove(start);
      assertEquals(left.subList(4, 9), tasks.find(query.at(passedOn(back.next()))).items());
    }
    assertEquals(all.size() - 4, tasks.count(TaskQuery.all()));
  }

  @Test
  void pageWhoseTasksAreAllGoneIsEmptyAndLeadsNowhere() {
    fill(20);
    for (TaskOrder order : TaskOrder.values()) {
      TaskQuery query = TaskQuery.all().order(order).limit(10);
      Page<Task> first = tasks.find(query);
      Page<Task> second = tasks.find(query.at(passedOn(first.next())));
      List<Task> gone = new ArrayList<>(first.items());
      gone.addAll(second.items());
      gone.forEach(task -> assertTrue(tasks.delete(task.id())));
      for (Optional<Cursor> way : List.of(first.next(), second.previous())) {
        Page<Task> empty = tasks.find(query.at(passedOn(way)).counted());
        assertEquals(
            new Page<>(List.of(), Optional.empty(), Optional.empty(), OptionalLong.of(0)), empty);
      }
      tasks.addAll(gone).orThrow();
    }
  }

  @Test
  void totalCountsTheWholeListingOnEveryPage() {
    fill(50);
    TaskQuery query = TaskQuery.all().limit(20).counted();
    Page<Task> first = tasks.find(query);
    assertEquals(OptionalLong.of(50), first.total());
    Page<Task> second = tasks.find(query.at(passedOn(first.next())));
    assertEquals(OptionalLong.of(50), second.total());
    assertEquals(OptionalLong.of(50), tasks.find(query.at(passedOn(second.previous()))).total());
  }

  @Test
  void pagesByNumberCoverTheListing() {
    List<Task> all = fill(90);
    for (TaskQuery path : paths()) {
      TaskQuery query = path.limit(8);
      List<Task> expected = expected(all, query);
      List<Task> found = new ArrayList<>();
      long pages = tasks.findPage(query, 1).totalPages();
      assertEquals((expected.size() + 7) / 8, pages);
      for (int number = 1; number <= pages; number++) {
        NumberedPage<Task> page = tasks.findPage(query, number);
        assertEquals(number, page.page());
        assertEquals(8, page.perPage());
        assertEquals(expected.size(), page.total());
        found.addAll(page.items());
      }
      assertEquals(expected, found, query::toString);
      assertEquals(List.of(), tasks.findPage(query, (int) pages + 1).items());
      assertEquals(List.of(), tasks.findPage(query, Integer.MAX_VALUE).items());
    }
  }

  @Test
  void textFilterTellsNoncharactersApart() {
    tasks.addAll(List.of(task("a").withTitle("x\uFFFDy"), task("b").withTitle("x\uFFFEy")));
    TaskQuery query = TaskQuery.all();
    assertEquals(
        List.of("b"), ids(tasks.find(query.where(TaskFilter.NONE.containing("\uFFFE"))).items()));
    assertEquals(
        List.of("a"), ids(tasks.find(query.where(TaskFilter.NONE.containing("\uFFFD"))).items()));
  }

  @Test
  void outermostTimesSortAndPageRight() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
    List<Instant> times = List.of(last, last.minusNanos(1_000), START, START, Instant.EPOCH);
    for (int i = 0; i < times.size(); i++) {
      tasks.add(task("t" + (9 - i)).withCreatedAt(times.get(i)));
    }
    for (TaskOrder order : TaskOrder.values()) {
      TaskQuery query = TaskQuery.all().order(order);
      List<Task> listed = tasks.find(query).items();
      assertEquals(5, listed.size());
      assertPagesBothWays(query.limit(1), expected(listed, query));
    }
    assertEquals(times, tasks.findAll().stream().map(Task::createdAt).toList());
  }
}
