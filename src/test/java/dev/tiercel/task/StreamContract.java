package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What it means to go through a listing of any length. */
public abstract class StreamContract extends SampleContract {
  @Test
  void streamsGoThroughTheWholeListingInBatches() {
    List<Task> all = fill(100);
    for (TaskQuery path : paths()) {
      List<Task> expected = expected(all, path);
      for (int batch : new int[] {1, 7, 1_000}) {
        TaskQuery query = path.limit(batch);
        assertEquals(expected, tasks.<List<Task>>stream(query, Stream::toList), query::toString);
        assertEquals(
            expected,
            tasks.<List<Task>>streamSnapshot(query, MINUTE, Stream::toList),
            query::toString);
      }
    }
  }

  @Test
  void streamsStartAtTheCursor() {
    List<Task> all = fill(40);
    for (TaskOrder order : TaskOrder.values()) {
      TaskQuery query = TaskQuery.all().order(order).limit(9);
      List<Task> expected = expected(all, query);
      TaskQuery from = query.at(passedOn(tasks.find(query).next()));
      List<Task> rest = expected.subList(9, 40);
      assertEquals(rest, tasks.<List<Task>>stream(from, Stream::toList));
      assertEquals(rest, tasks.<List<Task>>streamSnapshot(from, MINUTE, Stream::toList));
    }
  }

  @Test
  void streamsRefuseACursorThatPointsBackward() {
    fill(20);
    TaskQuery query = TaskQuery.all().limit(5);
    Page<Task> second = tasks.find(query.at(passedOn(tasks.find(query).next())));
    TaskQuery back = query.at(passedOn(second.previous()));
    assertThrows(InvalidValueException.class, () -> tasks.<Long>stream(back, Stream::count));
    assertThrows(
        InvalidValueException.class, () -> tasks.<Long>streamSnapshot(back, MINUTE, Stream::count));
  }

  @Test
  void streamSeesWhatChangesBeforeItsPlaceComes() {
    fill(10);
    TaskQuery query = TaskQuery.all().limit(2);
    List<Task> before = tasks.findAll();
    List<Task> seen =
        tasks.<List<Task>>stream(
            query,
            stream -> {
              Iterator<Task> iterator = stream.iterator();
              List<Task> found = new ArrayList<>(List.of(iterator.next()));
              tasks.delete(before.get(9).id());
              tasks.save(before.get(8).withTitle("changed"));
              iterator.forEachRemaining(found::add);
              return found;
            });
    assertEquals(tasks.findAll(), seen);
    assertEquals("changed", seen.get(8).title());
  }

  @Test
  void snapshotStaysAsItWas() {
    fill(10);
    List<Task> before = tasks.findAll();
    for (TaskOrder order : TaskOrder.values()) {
      TaskQuery query = TaskQuery.all().order(order).limit(2);
      List<Task> listed = expected(tasks.findAll(), query);
      List<Task> seen =
          tasks.<List<Task>>streamSnapshot(
              query,
              MINUTE,
              stream -> {
                Iterator<Task> iterator = stream.iterator();
                List<Task> found = new ArrayList<>(List.of(iterator.next()));
                tasks.delete(listed.get(listed.size() - 1).id());
                tasks.save(listed.get(4).withTitle("changed"));
                iterator.forEachRemaining(found::add);
                return found;
              });
      assertEquals(listed, seen);
    }
    assertEquals(before.size() - 2, tasks.count(TaskQuery.all()));
  }

  @Test
  void snapshotEndsAtItsTimeLimit() {
    fill(10);
    RepositoryBusyException late =
        assertThrows(
            RepositoryBusyException.class,
            () ->
                tasks.<Long>streamSnapshot(
                    TaskQuery.all().limit(2),
                    Duration.ofSeconds(10),
                    stream -> stream.peek(task -> clock.advance(Duration.ofSeconds(3))).count()));
    assertTrue(late.getMessage().contains("PT10S") || late.getMessage().contains("limit"));
    assertEquals(10, tasks.count(TaskQuery.all()));
  }

  @Test
  void streamKeptAfterItsFunctionReturnedFails() {
    fill(10);
    TaskQuery query = TaskQuery.all().limit(2);
    Stream<Task> kept = tasks.<Stream<Task>>stream(query, stream -> stream);
    assertThrows(IllegalStateException.class, kept::toList);
    Iterator<Task> rest = tasks.<Iterator<Task>>stream(query, Stream::iterator);
    assertThrows(IllegalStateException.class, rest::hasNext);
    Iterator<Task> snapshot = tasks.<Iterator<Task>>streamSnapshot(query, MINUTE, Stream::iterator);
    assertThrows(IllegalStateException.class, snapshot::next);
  }

  @Test
  void streamPassesOnWhatItsFunctionThrows() {
    fill(3);
    ArithmeticException thrown = new ArithmeticException();
    ArithmeticException caught =
        assertThrows(
            ArithmeticException.class,
            () ->
                tasks.<Integer>streamSnapshot(
                    TaskQuery.all(),
                    MINUTE,
                    stream -> {
                      throw thrown;
                    }));
    assertEquals(thrown, caught);
    assertEquals(3, tasks.count(TaskQuery.all()));
  }
}
