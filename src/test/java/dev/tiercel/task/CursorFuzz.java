package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.fuzz.FuzzInput;
import java.time.Instant;
import java.util.Base64;

/** Any text is a cursor that comes back as it is, or is refused. */
public final class CursorFuzz {
  private CursorFuzz() {}

  /** Reads the input as a cursor, and as what stands in one. */
  public static void any(byte[] input) {
    read(FuzzInput.text(input));
    read(Base64.getUrlEncoder().withoutPadding().encodeToString(input));
  }

  private static void read(String text) {
    Cursor cursor;
    try {
      cursor = Cursor.parse(text);
    } catch (InvalidValueException e) {
      assertTrue(e.getMessage().length() < 600);
      return;
    }
    assertEquals(cursor, Cursor.parse(cursor.toString()));
    ofTask(cursor);
  }

  /* A cursor that was handed out leads to where it was made for, and in no other query. */
  private static void ofTask(Cursor cursor) {
    Task task;
    try {
      Instant at = cursor.createdAt();
      int priority = cursor.priority();
      task = new Task(cursor.id(), "t", null, null, at, null, null, priority, at, 0, 0, null);
    } catch (InvalidValueException e) {
      return;
    }
    Cursor made = Cursor.before(TaskQuery.all(), task);
    Cursor back = Cursor.parse(made.toString());
    assertEquals(made, back);
    back.requireOf(TaskQuery.all());
    assertEquals(cursor.createdAt(), back.createdAt());
    assertEquals(cursor.priority(), back.priority());
    assertTrue(back.backward());
  }
}
