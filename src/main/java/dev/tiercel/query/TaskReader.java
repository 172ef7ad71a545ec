package dev.tiercel.query;

import static dev.tiercel.query.TaskBits.AGENT;
import static dev.tiercel.query.TaskBits.ALL;
import static dev.tiercel.query.TaskBits.ASSIGNED;
import static dev.tiercel.query.TaskBits.COMPLETED;
import static dev.tiercel.query.TaskBits.DESCRIPTION;
import static dev.tiercel.query.TaskBits.LEASED;
import static dev.tiercel.query.TaskBits.LEAST;
import static dev.tiercel.query.TaskBits.LONG;
import static dev.tiercel.query.TaskBits.MICROS;
import static dev.tiercel.query.TaskBits.SAME_AGENT;

import dev.tiercel.task.Task;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a {@link TaskWriter} wrote, and believes nothing. Used once, by one thread. */
final class TaskReader {
  private final byte[] bytes;
  private final int end;
  private int at;
  private @Nullable String agent; // Of the task before.

  TaskReader(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.end = offset + length;
    this.at = offset;
  }

  void requireEnd() throws IOException {
    if (at != end) {
      throw new IOException((end - at) + " bytes follow the last that is known");
    }
  }

  List<Task> tasks() throws IOException {
    long count = number();
    if (count < 0 || count > (end - at) / LEAST) {
      throw new EOFException("there are not enough bytes for " + count + " tasks");
    }
    Task[] tasks = new Task[(int) count];
    for (int i = 0; i < tasks.length; i++) {
      tasks[i] = task();
    }
    return List.of(tasks);
  }

  Task task() throws IOException {
    int bits = next();
    if (bits < 0 || bits > ALL) {
      throw new IOException("a task has unknown bits: " + bits);
    }
    String id = text();
    String title = text();
    String description = (bits & DESCRIPTION) == 0 ? null : text();
    agent = agent(bits);
    require(Long.BYTES);
    long micros = (long) LONG.get(bytes, at);
    at += Long.BYTES;
    Instant created = instant(micros);
    Instant updated = time(micros, created);
    Instant assigned = (bits & ASSIGNED) == 0 ? null : time(micros, created);
    Instant completed = (bits & COMPLETED) == 0 ? null : time(micros, created);
    Instant leased = (bits & LEASED) == 0 ? null : time(micros, created);
    long priority = signed();
    if (priority != (int) priority) {
      throw new IOException("no priority is " + priority);
    }
    return new Task(
        id,
        title,
        description,
        agent,
        created,
        assigned,
        completed,
        (int) priority,
        updated,
        number(),
        number(),
        leased);
  }

  private @Nullable String agent(int bits) throws IOException {
    if ((bits & SAME_AGENT) != 0) {
      if (agent == null || (bits & AGENT) != 0) {
        throw new IOException("a task has the agent of one before that has none");
      }
      return agent;
    }
    return (bits & AGENT) == 0 ? null : text();
  }

  /* Most tasks were updated when they were created: one object is enough. */
  private Instant time(long createdMicros, Instant created) throws IOException {
    long later = signed();
    return later == 0 ? created : instant(createdMicros + later);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
  }

  String text() throws IOException {
    int length = require(number());
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  long signed() throws IOException {
    long folded = number();
    return folded >>> 1 ^ -(folded & 1);
  }

  long number() throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = next();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("a number is longer than 64 bits");
  }

  private byte next() throws IOException {
    require(1);
    return bytes[at++];
  }

  private int require(long length) throws IOException {
    if (length < 0 || length > end - at) {
      throw new EOFException(length + " bytes are needed, " + (end - at) + " are left");
    }
    return (int) length;
  }
}
