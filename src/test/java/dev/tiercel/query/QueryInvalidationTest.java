package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.query.Shapes.Shape;
import dev.tiercel.query.Stacks.Stack;
import dev.tiercel.task.ManualClock;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskChange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of question beside every kind of write: what the write touches, before or after, falls
 * and is right when it is asked again; what it does not touch stays in the cache.
 */
class QueryInvalidationTest {
  @TempDir Path folder;

  private final ManualClock clock = new ManualClock(Shapes.START);
  private final Stacks stacks = new Stacks();

  @AfterEach
  void close() {
    stacks.close();
  }

  @ParameterizedTest
  @EnumSource(Changes.class)
  void overSqliteExactlyWhatAWriteTouchesFalls(Changes change) {
    assertExact(stacks.sqlite(folder, clock), change, false, Set.of());
  }

  /* Whether a transaction that threw was rolled back, only the repository knows: all falls. */
  @ParameterizedTest
  @EnumSource(Changes.class)
  void overAnyRepositoryExactlyWhatAWriteTouchesFalls(Changes change) {
    // Who is refused may have been shown what somebody else has changed since.
    Set<String> doubted =
        switch (change) {
          case ADD_ALL -> Set.of("task:held");
          case REFUSED -> Set.of("task:held", "task:gone");
          default -> Set.of();
        };
    assertExact(stacks.foreign(clock), change, change == Changes.UNDONE, doubted);
  }

  private void assertExact(Stack stack, Changes change, boolean allFalls, Set<String> doubted) {
    Changes.prepare(stack.bare());
    List<TaskChange> heard = Collections.synchronizedList(new ArrayList<>());
    List<Shape> shapes = Shapes.all(stack.bare().findById("other").orElseThrow());
    shapes.forEach(shape -> shape.ask(stack.cached()));
    shapes.forEach(shape -> assertEquals(true, isCached(stack, shape), shape::name));
    stack.bare().addListener(heard::addAll);

    change.make(stack.cached(), clock);

    Set<String> touched = touched(heard);
    touched.addAll(doubted);
    List<String> wrong = new ArrayList<>();
    for (Shape shape : shapes) {
      boolean falls = allFalls || !Collections.disjoint(shape.tags(), touched);
      if (isCached(stack, shape) == falls) {
        wrong.add(shape.name() + (falls ? " stayed" : " fell"));
      }
    }
    assertEquals(List.of(), wrong, () -> "the write touched " + touched);
    for (Shape shape : shapes) {
      Object now = shape.ask(stack.bare());
      assertEquals(now, shape.ask(stack.cached()), shape::name);
      assertEquals(now, shape.ask(stack.cached()), shape::name);
    }
  }

  private static boolean isCached(Stack stack, Shape shape) {
    return stack.cached().explain(shape.read()).orElseThrow().current();
  }

  private static Set<String> touched(List<TaskChange> changes) {
    Set<String> touched = new TreeSet<>();
    for (TaskChange change : changes) {
      Stream.of(change.before(), change.after())
          .filter(Objects::nonNull)
          .forEach(task -> touched.addAll(carried(task)));
    }
    return touched;
  }

  private static Set<String> carried(Task task) {
    String status =
        task.completedAt() != null
            ? "COMPLETED"
            : task.assignedAgentId() == null ? "PENDING" : "ASSIGNED";
    return Set.of(
        "tasks", "task:" + task.id(), "status:" + status, "agent:" + task.assignedAgentId());
  }
}
