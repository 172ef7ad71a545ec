package dev.tiercel.query;

import static dev.tiercel.query.TaskBits.AGENT;
import static dev.tiercel.query.TaskBits.ASSIGNED;
import static dev.tiercel.query.TaskBits.COMPLETED;
import static dev.tiercel.query.TaskBits.DESCRIPTION;
import static dev.tiercel.query.TaskBits.LEASED;
import static dev.tiercel.query.TaskBits.LONG;
import static dev.tiercel.query.TaskBits.MICROS;
import static dev.tiercel.query.TaskBits.MOST;
import static dev.tiercel.query.TaskBits.SAME_AGENT;

import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes tasks as {@link TaskBits} says. Used once, by one thread. */
final class TaskWriter {
  private byte[] bytes = {};
  private int at;
  private @Nullable String agent; // Of the task before.

  byte[] toBytes() {
    return at == bytes.length ? bytes : Arrays.copyOf(bytes, at);
  }

  void tasks(List<?> tasks) throws IOException {
    long room = MOST;
    for (Object task : tasks) {
      room += MOST + textLength(task);
    }
    reserve(room);
    number(tasks.size());
    for (Object task : tasks) {
      task(task);
    }
  }

  /* Right for ASCII; the rest makes the bytes grow. */
  private static long textLength(@Nullable Object value) {
    return value instanceof Task task
        ? task.title().length() + (task.description() == null ? 0L : task.description().length())
        : 0;
  }

  void task(@Nullable Object value) throws IOException {
    if (!(value instanceof Task task)) {
      String found = value == null ? "null" : value.getClass().getName();
      throw new IOException("a " + found + " stands where a task is declared");
    }
    byte[] id = utf8(task.id());
    byte[] title = utf8(task.title());
    byte[] description = task.description() == null ? null : utf8(task.description());
    boolean sameAgent = task.assignedAgentId() != null && task.assignedAgentId().equals(agent);
    agent = task.assignedAgentId();
    byte[] other = agent == null || sameAgent ? null : utf8(agent);
    reserve((long) MOST + id.length + title.length + length(description) + length(other));

    bytes[at++] =
        (byte)
            ((description == null ? 0 : DESCRIPTION)
                | (other == null ? 0 : AGENT)
                | (sameAgent ? SAME_AGENT : 0)
                | (task.assignedAt() == null ? 0 : ASSIGNED)
                | (task.completedAt() == null ? 0 : COMPLETED)
                | (task.leaseExpiresAt() == null ? 0 : LEASED));
    put(id);
    put(title);
    put(description);
    put(other);
    long created = micros(task.createdAt());
    LONG.set(bytes, at, created);
    at += Long.BYTES;
    putTime(task.updatedAt(), created);
    putTime(task.assignedAt(), created);
    putTime(task.completedAt(), created);
    putTime(task.leaseExpiresAt(), created);
    putSigned(task.priority());
    putNumber(task.version());
    putNumber(task.lease());
  }

  void text(String text) {
    byte[] utf8 = utf8(text);
    reserve((long) MOST + utf8.length);
    put(utf8);
  }

  void number(long number) {
    reserve(MOST);
    putNumber(number);
  }

  void signed(long number) {
    reserve(MOST);
    putSigned(number);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int length(byte @Nullable [] text) {
    return text == null ? 0 : text.length;
  }

  private static long micros(Instant time) {
    return time.getEpochSecond() * MICROS + time.getNano() / 1_000;
  }

  private void put(byte @Nullable [] text) {
    if (text != null) {
      putNumber(text.length);
      System.arraycopy(text, 0, bytes, at, text.length);
      at += text.length;
    }
  }

  private void putTime(@Nullable Instant time, long created) {
    if (time != null) {
      putSigned(micros(time) - created);
    }
  }

  private void putSigned(long number) {
    putNumber(number << 1 ^ number >> 63);
  }

  private void putNumber(long number) {
    long rest = number;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /* Makes room for more bytes, and beyond the first time for half as many again. */
  private void reserve(long more) {
    long needed = at + more;
    if (needed > bytes.length) {
      long roomy = Math.min(Math.max(needed, bytes.length * 3L / 2), Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, roomy)));
    }
  }
}
