package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static Task leased() {
    return new Task("id", "title", "text", "agent", AT, AT, null, 3, AT, 4, 5, AT.plusSeconds(60));
  }

  @Test
  void newTaskIsPendingLowAndUnwritten() {
    Task task = Task.titled("title");
    assertEquals(TaskStatus.PENDING, task.status());
    assertEquals(Priority.LOW, task.priority());
    assertEquals(0, task.version());
    assertEquals(0, task.lease());
    assertEquals(task.createdAt(), task.updatedAt());
    assertNull(task.description());
  }

  @Test
  void statusFollowsFromAgentAndCompletion() {
    Task pending = Task.titled("t");
    Task assigned = pending.assignedTo("agent");
    assertEquals(TaskStatus.ASSIGNED, assigned.status());
    assertEquals(TaskStatus.COMPLETED, assigned.completed().status());
    assertEquals(
        TaskStatus.COMPLETED,
        new Task("i", "t", null, null, AT, null, AT, 1, AT, 0, 0, null).status());
  }

  @Test
  void timesAreCutToTheMicrosecond() {
    Instant fine = AT.plusNanos(1_999);
    Instant cut = AT.plusNanos(1_000);
    Task task = new Task("i", "t", null, "a", fine, fine, fine, 1, fine, 0, 0, fine);
    assertEquals(new Task("i", "t", null, "a", cut, cut, cut, 1, cut, 0, 0, cut), task);
    assertEquals(cut, task.createdAt());
  }

  @Test
  void changesKeepEveryOtherField() {
    Task task = leased();
    assertEquals(
        new Task("x", "title", "text", "agent", AT, AT, null, 3, AT, 4, 5, AT.plusSeconds(60)),
        task.withId("x"));
    assertEquals(
        new Task("id", "x", "text", "agent", AT, AT, null, 3, AT, 4, 5, AT.plusSeconds(60)),
        task.withTitle("x"));
    assertEquals(
        new Task("id", "title", null, "agent", AT, AT, null, 3, AT, 4, 5, AT.plusSeconds(60)),
        task.withDescription(null));
    assertEquals(
        new Task("id", "title", "text", "agent", AT, AT, null, -9, AT, 4, 5, AT.plusSeconds(60)),
        task.withPriority(-9));
  }

  @Test
  void updatedAtFollowsCreationOnlyForward() {
    Task later = leased().withCreatedAt(AT.plusSeconds(9));
    assertEquals(AT.plusSeconds(9), later.updatedAt());
    assertEquals(AT, leased().withCreatedAt(AT.minusSeconds(9)).updatedAt());
  }

  @Test
  void sameAgentKeepsTimeAndLease() {
    Task task = leased();
    assertSame(task, task.assignedTo("agent", AT.plusSeconds(5)));
  }

  @Test
  void anotherAgentEndsTheLease() {
    assertEquals(
        new Task("id", "title", "text", "other", AT, AT.plusSeconds(5), null, 3, AT, 4, 0, null),
        leased().assignedTo("other", AT.plusSeconds(5)));
  }

  @Test
  void unassignedIsPendingWithoutALease() {
    assertEquals(
        new Task("id", "title", "text", null, AT, null, null, 3, AT, 4, 0, null),
        leased().unassigned());
  }

  @Test
  void completionKeepsTheLeaseNumberAndTheFirstTime() {
    Task done = leased().completed(AT.plusSeconds(7));
    assertEquals(
        new Task("id", "title", "text", "agent", AT, AT, AT.plusSeconds(7), 3, AT, 4, 5, null),
        done);
    assertSame(done, done.completed(AT.plusSeconds(8)));
  }

  @Test
  void pendingTaskCannotBeCompleted() {
    assertThrows(TaskStateException.class, () -> Task.titled("t").completed());
  }

  @Test
  void completedTaskChangesHandsNoMore() {
    Task done = leased().completed(AT);
    assertThrows(TaskStateException.class, () -> done.assignedTo("other"));
    assertThrows(TaskStateException.class, () -> done.assignedTo("agent"));
    assertThrows(TaskStateException.class, done::unassigned);
  }

  @Test
  void textsMayBeAsLongAsTheirLimitsAndNoLonger() {
    Task task = leased();
    task.withId("x".repeat(Task.MAX_ID_LENGTH));
    task.withTitle("x".repeat(Task.MAX_TITLE_LENGTH));
    task.withDescription("x".repeat(Task.MAX_DESCRIPTION_LENGTH));
    String id = "x".repeat(Task.MAX_ID_LENGTH + 1);
    String title = "x".repeat(Task.MAX_TITLE_LENGTH + 1);
    String text = "x".repeat(Task.MAX_DESCRIPTION_LENGTH + 1);
    assertThrows(InvalidValueException.class, () -> task.withId(id));
    assertThrows(InvalidValueException.class, () -> task.assignedTo(id));
    assertThrows(InvalidValueException.class, () -> task.withTitle(title));
    assertThrows(InvalidValueException.class, () -> task.withDescription(text));
  }

  @Test
  void titleMayHoldLineBreaksAndADescriptionAnythingButNul() {
    assertEquals("a\t\r\nb", leased().withTitle("a\t\r\nb").title());
    assertEquals(
        "\u0001\u001B\u0085", leased().withDescription("\u0001\u001B\u0085").description());
    assertEquals("", leased().withDescription("").description());
    assertThrows(InvalidValueException.class, () -> leased().withTitle("a\u0001"));
    assertThrows(InvalidValueException.class, () -> leased().withId("a\nb"));
    assertThrows(InvalidValueException.class, () -> leased().withDescription("a\0"));
  }

  @Test
  void anAgentThatIsNoneIsRefusedHoweverTheTaskIsMade() {
    InvalidValueException refusal =
        assertThrows(
            InvalidValueException.class,
            () -> new Task("i", "t", null, "a\nb", AT, AT, null, 1, AT, 0, 0, null));
    assertTrue(refusal.getMessage().startsWith("assignedAgentId has the control character U+000A"));
  }

  @Test
  void negativeVersionAndLeaseAreRefused() {
    assertThrows(
        InvalidValueException.class,
        () -> new Task("i", "t", null, null, AT, null, null, 1, AT, -1, 0, null));
    assertThrows(
        InvalidValueException.class,
        () -> new Task("i", "t", null, null, AT, null, null, 1, AT, 0, -1, null));
  }

  @Test
  void refusalShowsAShortValueWholeAndMarksTheEndOfALongOne() {
    String forty = "\uD83D\uDE00".repeat(39) + "\0";
    assertTrue(refusal(forty).endsWith("\uDE00\\u0000\""), refusal(forty));
    assertTrue(refusal("x".repeat(41) + "\0").endsWith("x…\""));
    assertTrue(refusal("a\uD800").contains("\"a\\ud800\""));
    assertTrue(refusal("a\uDFFF").contains("\"a\\udfff\""));
    assertTrue(refusal("\uDE00\uDE00").contains("unpaired surrogate U+DE00 at index 0"));
    assertTrue(refusal("a\uD83Db").contains("unpaired surrogate U+D83D at index 1"));
  }

  private static String refusal(String id) {
    return assertThrows(InvalidValueException.class, () -> Task.titled("t").withId(id))
        .getMessage();
  }

  @Test
  void refusalOfNullNamesTheField() {
    Task task = Task.titled("t");
    String message =
        assertThrows(NullPointerException.class, () -> task.withTitle(null)).getMessage();
    assertEquals("title must not be null", message);
    message =
        assertThrows(
                NullPointerException.class,
                () -> new Task("id", "t", null, null, null, null, null, 0, AT, 0, 0, null))
            .getMessage();
    assertEquals("createdAt must not be null", message);
  }

  @Test
  void refusalShowsTheStartOfTheValueSafely() {
    InvalidValueException refusal =
        assertThrows(InvalidValueException.class, () -> leased().withTitle("a\u001B[31m\uD800"));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("\\u001b[31m\\ud800"), message);
    assertEquals(-1, message.indexOf('\u001B'));
  }
}
