package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  private static final TaskQuery QUERY = TaskQuery.all();

  private static Task task(String id) {
    return Task.titled("t").withId(id).withCreatedAt(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void textHoldsTheWholePosition() {
    for (String id :
        List.of("a", "a|b|c", "|", "\uD83D\uDE00", "\uE000", "\uFFFF".repeat(Task.MAX_ID_LENGTH))) {
      for (int priority : new int[] {Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE}) {
        for (Instant at : List.of(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59.999999Z"))) {
          Task task = task(id).withPriority(priority).withCreatedAt(at);
          for (Cursor cursor : List.of(Cursor.after(QUERY, task), Cursor.before(QUERY, task))) {
            Cursor read = Cursor.parse(cursor.toString());
            assertEquals(cursor, read);
            assertEquals(cursor.hashCode(), read.hashCode());
            assertEquals(id, read.id());
            assertEquals(priority, read.priority());
            assertEquals(at, read.createdAt());
            assertEquals(cursor.backward(), read.backward());
            assertEquals(read, QUERY.at(read).cursor());
          }
        }
      }
    }
  }

  @Test
  void textSurvivesAUrl() {
    String text = Cursor.after(QUERY, task("\uD83D\uDE00?&/ +%")).toString();
    assertTrue(text.matches("[A-Za-z0-9_-]+"), text);
  }

  @Test
  void afterAndBeforeDiffer() {
    Cursor after = Cursor.after(QUERY, task("a"));
    Cursor before = Cursor.before(QUERY, task("a"));
    assertFalse(after.backward());
    assertTrue(before.backward());
    assertNotEquals(after, before);
    assertNotEquals(after, Cursor.after(QUERY.open(), task("a")));
  }

  @Test
  void whatIsNoCursorIsRefused() {
    for (String text :
        List.of("", "a", "####", "YXwx", "\0", "\uD800", "YXwxfDJ8M3w", "A".repeat(100_000))) {
      assertThrows(InvalidValueException.class, () -> Cursor.parse(text));
    }
  }

  @Test
  void aChecksumThatNoneHasIsRefused() {
    for (String checksum : List.of("-1", "1ffffffff", "ffffffffffffffff")) {
      byte[] plain = ("a|0|0|" + checksum + "|id").getBytes(StandardCharsets.UTF_8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
      assertThrows(InvalidValueException.class, () -> Cursor.parse(text), checksum);
    }
  }

  @Test
  void everyAlteredLetterIsRefused() {
    String text = Cursor.after(QUERY, task("task")).toString();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'B' ? 'h' : 'B';
      String altered = text.substring(0, i) + other + text.substring(i + 1);
      assertThrows(InvalidValueException.class, () -> QUERY.at(Cursor.parse(altered)), altered);
    }
  }

  @Test
  void cursorOfAQueryIsGoodForEverySizeOfPage() {
    Cursor cursor = Cursor.after(QUERY, task("a"));
    assertEquals(cursor, QUERY.limit(7).counted().at(cursor).cursor());
  }
}
