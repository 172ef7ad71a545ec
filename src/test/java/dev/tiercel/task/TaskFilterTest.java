package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TaskFilterTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Task TASK =
      Task.titled("Fix 50%_OFF").withDescription("\u00C4rger \uD83D\uDE00").withCreatedAt(AT);

  private static boolean contains(String text) {
    return TaskFilter.NONE.containing(text).matches(TASK);
  }

  @Test
  void noneLetsEveryTaskThrough() {
    assertTrue(TaskFilter.NONE.matches(TASK));
  }

  @Test
  void textIsSoughtInTitleAndDescription() {
    assertTrue(contains("Fix"));
    assertTrue(contains("\uD83D\uDE00"));
    assertTrue(contains("Fix 50%_OFF"));
    assertFalse(contains("Fix 50%_OFF!"));
    assertFalse(contains("\uD83D\uDE01"));
    assertFalse(TaskFilter.NONE.containing("x").matches(Task.titled("t")));
  }

  @Test
  void lettersAToZMatchInEitherCaseAndNoOthers() {
    assertTrue(contains("fIX"));
    assertTrue(contains("_off"));
    assertTrue(contains("\u00C4RGER"));
    assertFalse(contains("\u00E4rger"));
    assertFalse(TaskFilter.NONE.containing("k").matches(Task.titled("\u212A")));
    assertFalse(TaskFilter.NONE.containing("@[").matches(Task.titled("`{")));
  }

  @Test
  void everyLetterOfTheAlphabetMatchesInEitherCase() {
    String small = "abcdefghijklmnopqrstuvwxyz";
    String large = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    assertTrue(TaskFilter.NONE.containing(small).matches(Task.titled(large)));
    assertTrue(TaskFilter.NONE.containing(large).matches(Task.titled(small)));
  }

  @Test
  void patternLettersStandForThemselves() {
    assertTrue(contains("0%_"));
    assertFalse(contains("F%x"));
    assertFalse(contains("F_x"));
    assertFalse(contains("\\"));
  }

  @Test
  void createdRangeHoldsItsStartAndNotItsEnd() {
    assertTrue(TaskFilter.NONE.created(AT, AT.plusNanos(1_000)).matches(TASK));
    assertFalse(TaskFilter.NONE.created(AT.minusSeconds(1), AT).matches(TASK));
    assertFalse(TaskFilter.NONE.created(AT.plusNanos(1_000), AT.plusSeconds(1)).matches(TASK));
  }

  @Test
  void aBoundBetweenMicrosecondsIsTheNextOne() {
    TaskFilter between = new TaskFilter(AT.plusNanos(1), AT.plusNanos(1_001), null, null);
    assertEquals(new TaskFilter(AT.plusNanos(1_000), AT.plusNanos(2_000), null, null), between);
    assertFalse(between.matches(TASK));
    assertTrue(between.matches(TASK.withCreatedAt(AT.plusNanos(1_000))));
    assertTrue(TaskFilter.NONE.created(AT, AT.plusNanos(1)).matches(TASK));
  }

  @Test
  void minPriorityIsInclusive() {
    assertTrue(TaskFilter.NONE.atLeast(1).matches(TASK.withPriority(1)));
    assertFalse(TaskFilter.NONE.atLeast(1).matches(TASK.withPriority(0)));
    assertTrue(
        TaskFilter.NONE.atLeast(Integer.MIN_VALUE).matches(TASK.withPriority(Integer.MIN_VALUE)));
  }

  @Test
  void conditionsAddUp() {
    TaskFilter filter = TaskFilter.NONE.created(AT, AT.plusSeconds(1)).atLeast(1).containing("fix");
    assertEquals(new TaskFilter(AT, AT.plusSeconds(1), 1, "fix"), filter);
    assertTrue(filter.matches(TASK));
    assertFalse(filter.matches(TASK.withPriority(0)));
    assertFalse(filter.matches(TASK.withTitle("other")));
  }

  @Test
  void emptyRangesAndTextsAreRefused() {
    assertThrows(InvalidValueException.class, () -> TaskFilter.NONE.created(AT, AT));
    assertThrows(
        InvalidValueException.class, () -> TaskFilter.NONE.created(AT, AT.minusSeconds(1)));
    assertThrows(InvalidValueException.class, () -> TaskFilter.NONE.containing(""));
  }

  @Test
  void textMayBeAsLongAsItsLimitAndNoLonger() {
    String longest = "x".repeat(TaskFilter.MAX_TEXT_LENGTH);
    assertFalse(contains(longest));
    assertThrows(InvalidValueException.class, () -> contains(longest + "x"));
  }
}
