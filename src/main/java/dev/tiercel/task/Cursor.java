package dev.tiercel.task;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A place in the listing of one query: just after or just before a task. It stays valid when that
 * task, or any other, is changed or deleted, because it holds the task's position and not its
 * number.
 *
 * <p>Callers pass it on as an opaque text ({@link #toString()}, {@link #parse}); repositories read
 * the position. A checksum over query and position refuses a cursor of another query, or one that
 * was altered. Immutable.
 */
public final class Cursor {
  private static final int MAX_TEXT_LENGTH = 4 * Task.MAX_ID_LENGTH + 100;

  private final boolean backward;
  private final int priority;
  private final Instant createdAt;
  private final String id;
  private final long checksum;

  private Cursor(boolean backward, int priority, Instant createdAt, String id, long checksum) {
    this.backward = backward;
    this.priority = priority;
    this.createdAt = createdAt;
    this.id = id;
    this.checksum = checksum;
  }

  /**
   * The place just after a task.
   *
   * @param query the query whose listing it is
   * @param task the task
   * @return the cursor
   */
  public static Cursor after(TaskQuery query, Task task) {
    return of(query, task, false);
  }

  /**
   * The place just before a task; a page read from there ends with that task's predecessor.
   *
   * @param query the query whose listing it is
   * @param task the task
   * @return the cursor
   */
  public static Cursor before(TaskQuery query, Task task) {
    return of(query, task, true);
  }

  private static Cursor of(TaskQuery query, Task task, boolean backward) {
    Cursor open = new Cursor(backward, task.priority(), task.createdAt(), task.id(), 0);
    return new Cursor(
        backward, task.priority(), task.createdAt(), task.id(), open.checksumFor(query));
  }

  /**
   * Reads what {@link #toString()} wrote.
   *
   * @param text the opaque text
   * @return the cursor
   * @throws InvalidValueException if the text is no cursor
   */
  public static Cursor parse(String text) {
    Objects.requireNonNull(text, "text must not be null");
    if (text.length() <= MAX_TEXT_LENGTH) {
      try {
        String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
        String[] parts = plain.split("\\|", 5);
        if (parts.length == 5 && (parts[0].equals("a") || parts[0].equals("b"))) {
          return new Cursor(
              parts[0].equals("b"),
              Integer.parseInt(parts[1]),
              Instant.EPOCH.plus(Long.parseLong(parts[2]), ChronoUnit.MICROS),
              FieldRules.id("id", parts[4]),
              Integer.toUnsignedLong(Integer.parseUnsignedInt(parts[3], 16)));
        }
      } catch (IllegalArgumentException | ArithmeticException | InvalidValueException e) {
        throw noCursor(text, e);
      }
    }
    throw noCursor(text, null);
  }

  private static InvalidValueException noCursor(String text, @Nullable Exception cause) {
    return new InvalidValueException(
        "not a cursor: " + FieldRules.shown(text) + "; use one that a page handed out", cause);
  }

  /**
   * Whether the page lies before the position and not after it.
   *
   * @return true for a cursor made by {@link #before}
   */
  public boolean backward() {
    return backward;
  }

  /**
   * The priority at the position.
   *
   * @return the priority
   */
  public int priority() {
    return priority;
  }

  /**
   * The time of creation at the position.
   *
   * @return the time, to the microsecond
   */
  public Instant createdAt() {
    return createdAt;
  }

  /**
   * The id at the position.
   *
   * @return the id
   */
  public String id() {
    return id;
  }

  /** Refuses a query that this cursor was not made for. */
  void requireOf(TaskQuery query) {
    if (checksum != checksumFor(query)) {
      throw new InvalidValueException(
          "the cursor "
              + FieldRules.shown(toString())
              + " belongs to another query or was altered; start at the first page of this one");
    }
  }

  private long checksumFor(TaskQuery query) {
    CRC32C crc = new CRC32C();
    crc.update((query.listing() + '\0' + position()).getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private String position() {
    // Not MICROS.between, which counts nanoseconds on its way and overflows in the year 2262.
    long micros = createdAt.getEpochSecond() * 1_000_000 + createdAt.getNano() / 1_000;
    return (backward ? "b|" : "a|") + priority + "|" + micros + "|" + id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cursor that
        && checksum == that.checksum
        && backward == that.backward
        && priority == that.priority
        && createdAt.equals(that.createdAt)
        && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(checksum) + id.hashCode();
  }

  /**
   * The cursor as an opaque text that survives a URL.
   *
   * @return base64url without padding, at most a few times as long as the task's id
   */
  @Override
  public String toString() {
    String position = position();
    int id = position.length() - this.id.length();
    String plain = position.substring(0, id) + Long.toHexString(checksum) + "|" + this.id;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
  }
}
