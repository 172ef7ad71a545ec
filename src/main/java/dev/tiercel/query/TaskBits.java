package dev.tiercel.query;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a task lies in bytes.
 *
 * <pre>
 *   1 byte    the bits below: what there is
 *   text      id
 *   text      title
 *   text      description, if there is one
 *   text      agent, if there is one and the task before in the list has another
 *   8 bytes   createdAt, microseconds since 1970, little-endian
 *   signed    updatedAt less createdAt
 *   signed    assignedAt less createdAt, if there is one
 *   signed    completedAt less createdAt, if there is one
 *   signed    leaseExpiresAt less createdAt, if there is one
 *   signed    priority
 *   number    version
 *   number    lease
 * </pre>
 *
 * <p>A number has seven bits a byte, the lowest first, and a byte that is followed by another has
 * its highest bit set. A signed one is folded first, so that small ones of either sign are short. A
 * text is the number of its bytes, and the bytes in UTF-8, which holds every text of a task.
 */
final class TaskBits {
  static final int DESCRIPTION = 1;
  static final int AGENT = 2;
  static final int SAME_AGENT = 4;
  static final int ASSIGNED = 8;
  static final int COMPLETED = 16;
  static final int LEASED = 32;
  static final int ALL = 63;

  /** The most that a task takes beside its texts: bits, 4 lengths, 5 times, and 3 numbers. */
  static final int MOST = 1 + 4 * 5 + 8 + 4 * 10 + 3 * 10;

  /** The least that a task takes: two bytes of id and title, and one of each number. */
  static final int LEAST = 1 + 2 * 2 + 8 + 4;

  static final long MICROS = 1_000_000;

  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private TaskBits() {}
}
