package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The texts of keys: what narrows most stands in front, and no two questions share one. */
class QuestionTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");

  private static String text(TaskQuery query) {
    return QueryCache.key(query).text();
  }

  @Test
  void whatNarrowsMostStandsInFront() {
    assertEquals("tasks:all:newest_first:limit:100", text(TaskQuery.all()));
    assertEquals("tasks:status:pending:urgent_first:limit:50", text(TaskQuery.pending().limit(50)));
    assertEquals(
        "tasks:agent:agent-7:pending+assigned:newest_first:limit:50:total",
        text(TaskQuery.forAgent("agent-7").open().limit(50).counted()));
    assertEquals(
        "tasks:agent:a%3Ab:any:priority:3:text:limit%3A9:newest_first:limit:100",
        text(TaskQuery.forAgent("a:b").where(TaskFilter.NONE.containing("limit:9").atLeast(3))));
    assertEquals(
        "tasks:all:from:2026-01-01T00%3A00%3A00Z:before:2026-01-02T00%3A00%3A00Z"
            + ":newest_first:limit:100",
        text(TaskQuery.all().where(TaskFilter.NONE.created(TIME, TIME.plus(Duration.ofDays(1))))));
    assertEquals("task:a%2Ab", QueryCache.key("a*b").text());
    assertEquals("tasks:ids:a:b", new Question.Several(List.of("a", "b")).text());
    assertEquals(
        "tasks:all:newest_first:limit:100:page:7",
        new Question.Numbered(TaskQuery.all(), 7).text());
    assertEquals("tasks:all:count", new Question.Counted(TaskQuery.all()).text());
    assertEquals("tasks:stats", new Question.Stats().text());
  }

  @Test
  void questionsAreEqualIfAndOnlyIfTheirTextsAre() {
    Random random = new Random(7);
    Map<String, Question<?>> byText = new HashMap<>();
    Set<Question<?>> distinct = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      Question<?> question = question(random);
      Question<?> known = byText.putIfAbsent(question.text(), question);
      distinct.add(question);
      if (known != null) {
        assertEquals(known, question);
        assertEquals(known.hashCode(), question.hashCode());
      }
    }
    assertEquals(byText.size(), distinct.size());
  }

  private static Question<?> question(Random random) {
    TaskQuery query = query(random);
    return switch (random.nextInt(5)) {
      case 0 -> new Question.One(word(random));
      case 1 -> new Question.Several(List.of(word(random), word(random)));
      case 2 -> new Question.Numbered(query, 1 + random.nextInt(3));
      case 3 -> new Question.Counted(query);
      default -> new Question.Listed(query);
    };
  }

  private static TaskQuery query(Random random) {
    TaskQuery query = random.nextBoolean() ? TaskQuery.all() : TaskQuery.forAgent(word(random));
    List<TaskStatus> statuses = new ArrayList<>(List.of(TaskStatus.values()));
    statuses.removeIf(status -> random.nextInt(3) == 0);
    if (!statuses.isEmpty()) {
      query = query.withStatus(statuses.get(0), statuses.toArray(TaskStatus[]::new));
    }
    TaskFilter filter = TaskFilter.NONE;
    filter = random.nextInt(3) == 0 ? filter.atLeast(random.nextInt(3)) : filter;
    filter = random.nextInt(3) == 0 ? filter.containing(word(random)) : filter;
    query = query.where(filter);
    query = random.nextBoolean() ? query : query.order(TaskOrder.URGENT_FIRST);
    query = query.limit(1 + random.nextInt(3));
    query = random.nextInt(3) == 0 ? query.counted() : query;
    if (random.nextInt(3) == 0) {
      Task place = Task.titled("x").withId(word(random)).withCreatedAt(TIME).withPriority(1);
      query =
          query.at(random.nextBoolean() ? Cursor.after(query, place) : Cursor.before(query, place));
    }
    return query;
  }

  /** What could be taken for the border of a segment, or for another part. */
  private static String word(Random random) {
    String[] words = {
      "a", "a:b", "%3A", "limit", "limit:1", "text", "count", "any", "pending", "1"
    };
    return words[random.nextInt(words.length)];
  }

  @Test
  void countsOfTheSameTasksAreOneQuestionWhateverThePage() {
    TaskQuery query = TaskQuery.forAgent("a");
    Task place = Task.titled("x").withCreatedAt(TIME);
    for (TaskQuery same :
        List.of(
            query.limit(7),
            query.counted(),
            query.order(TaskOrder.URGENT_FIRST),
            query.at(Cursor.after(query, place)))) {
      assertEquals(new Question.Counted(query), new Question.Counted(same));
    }
    assertNotEquals(new Question.Counted(query), new Question.Counted(query.open()));
  }

  @Test
  void aCursorIsPartOfTheQuestion() {
    TaskQuery query = TaskQuery.all();
    Task one = Task.titled("x").withCreatedAt(TIME);
    assertEquals(
        QueryCache.key(query.at(Cursor.after(query, one))),
        QueryCache.key(query.at(Cursor.parse(Cursor.after(query, one).toString()))));
    assertNotEquals(
        QueryCache.key(query.at(Cursor.after(query, one))),
        QueryCache.key(query.at(Cursor.before(query, one))));
    assertNotEquals(QueryCache.key(query), QueryCache.key(query.at(Cursor.after(query, one))));
  }
}
