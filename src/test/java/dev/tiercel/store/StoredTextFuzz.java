package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.fuzz.FuzzInput;
import dev.tiercel.task.RepositoryCorruptException;
import dev.tiercel.task.Task;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** What a foreign database holds where tasks are expected. */
public final class StoredTextFuzz {
  private static final DateTimeFormatter STRICT =
      DateTimeFormatter.ISO_OFFSET_DATE_TIME.withResolverStyle(ResolverStyle.STRICT);

  private StoredTextFuzz() {}

  /** A packed row is a task that comes back, or a corrupt row; values end with {@code |}. */
  public static void packedRow(byte[] input) throws SQLException {
    String packed = FuzzInput.text(input).replace('|', '\0');
    Task task;
    try {
      task = Row.read(row(packed));
    } catch (RepositoryCorruptException e) {
      return;
    }
    assertEquals(task, Row.read(row(packed(task))));
  }

  private static String packed(Task task) {
    return String.join(
        "\0",
        task.id(),
        task.title(),
        task.description() == null ? "-" : '+' + task.description(),
        task.assignedAgentId() == null ? "-" : '+' + task.assignedAgentId(),
        micros(task.createdAt()),
        micros(task.assignedAt()),
        micros(task.completedAt()),
        String.valueOf(task.priority()),
        micros(task.updatedAt()),
        String.valueOf(task.version()),
        String.valueOf(task.lease()),
        micros(task.leaseExpiresAt()),
        ".");
  }

  private static String micros(Instant time) {
    return time == null ? "-" : String.valueOf(Row.micros(time));
  }

  private static ResultSet row(String packed) {
    return (ResultSet)
        Proxy.newProxyInstance(
            StoredTextFuzz.class.getClassLoader(),
            new Class<?>[] {ResultSet.class},
            (proxy, method, args) -> packed);
  }

  /** A time as Python writes it is the time that Java reads, or none. */
  public static void legacyTime(byte[] input) {
    String text = FuzzInput.text(input);
    Instant time;
    try {
      time = LegacyTimes.parse(text);
    } catch (DateTimeException e) {
      if (text.matches(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]0\\d:\\d\\d)")) {
        assertThrows(DateTimeException.class, () -> OffsetDateTime.parse(text, STRICT));
      }
      return;
    }
    String iso = text.replace(' ', 'T');
    if (iso.matches(".{16,}(Z|[+-][01]\\d:\\d\\d)") && iso.charAt(13) == ':') {
      try {
        assertEquals(OffsetDateTime.parse(iso, STRICT).toInstant(), time);
      } catch (DateTimeException e) {
        // More than 18 hours from UTC, which only Python knows.
        assertEquals(true, iso.matches(".*[+-]1[89]:\\d\\d"), iso);
      }
    }
  }
}
