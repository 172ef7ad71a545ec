package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.cache.Tag;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What a write to one row touches. */
class TaskTagsTest {
  private static final Task PENDING = Task.titled("title").withId("7");

  private static Set<String> tags(Record before, Record after) {
    return TaskTags.of(before, after).stream().map(Tag::toString).collect(Collectors.toSet());
  }

  @Test
  void aTaskCarriesItselfItsStatusItsAgentAndAllTasks() {
    Task assigned = PENDING.assignedTo("a:b", Instant.EPOCH);
    assertEquals(Set.of("tasks", "task:7", "status:PENDING"), tags(null, PENDING));
    assertEquals(Set.of("tasks", "task:7", "status:PENDING"), tags(PENDING, null));
    assertEquals(Set.of("tasks", "task:7", "status:ASSIGNED", "agent:a%3Ab"), tags(null, assigned));
  }

  @Test
  void aWriteTouchesTheTaskAsItWasAndAsItIs() {
    Task before = PENDING.assignedTo("a", Instant.EPOCH);
    Task after = PENDING.assignedTo("b", Instant.EPOCH).completed(Instant.EPOCH);
    assertEquals(
        Set.of("tasks", "task:7", "status:ASSIGNED", "status:COMPLETED", "agent:a", "agent:b"),
        tags(before, after));
  }

  @Test
  void anAnswerDependsOnTheTagThatTheFewestWritesTouch() {
    assertEquals(List.of(Tag.of("tasks")), TaskTags.of(TaskQuery.all()).list());
    assertEquals(List.of(Tag.of("status", "PENDING")), TaskTags.of(TaskQuery.pending()).list());
    assertEquals(List.of(Tag.of("agent", "a")), TaskTags.of(TaskQuery.forAgent("a").open()).list());
  }

  @Test
  void otherRowsTouchNothing() {
    assertEquals(Set.of(), tags(new Order("1", "acme", 5), new Order("1", "acme", 6)));
    assertEquals(Set.of(), tags(null, null));
  }
}
