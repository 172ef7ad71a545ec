package dev.tiercel.powerloss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A file of a {@link Disk}: what of it is safe, and what was done to it since. */
final class DiskFile {
  /** What tears a write: a disk writes all of a sector, or nothing of it. */
  static final int SECTOR = 512;

  private byte[] safe = {};
  private int safeLength;
  private final List<Operation> pending = new ArrayList<>();

  /** A file of which everything is safe. */
  static DiskFile of(byte[] bytes) {
    DiskFile file = new DiskFile();
    file.safe = bytes.clone();
    file.safeLength = bytes.length;
    return file;
  }

  void add(Operation change) {
    pending.add(change);
  }

  void sync() {
    for (Operation change : pending) {
      safe = apply(change, safe, safeLength);
      safeLength = lengthAfter(change, safeLength);
    }
    pending.clear();
  }

  /** What was done since the last sync, in order. */
  List<Operation> pending() {
    return pending;
  }

  /** What a crash leaves of it. */
  byte[] after(Crash crash) {
    byte[] bytes = Arrays.copyOf(safe, safeLength);
    int length = safeLength;
    for (Operation change : pending) {
      for (Operation piece : crash.leaves(change)) {
        bytes = apply(piece, bytes, length);
        length = lengthAfter(piece, length);
      }
    }
    return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
  }

  private static int lengthAfter(Operation change, int length) {
    return change.kind() == Operation.Kind.SIZE
        ? Math.toIntExact(change.offset())
        : Math.max(length, Math.toIntExact(change.end()));
  }

  /* What lies behind the length is zero: a file that grows shows nothing of what was cut off. */
  private static byte[] apply(Operation change, byte[] to, int length) {
    int after = lengthAfter(change, length);
    byte[] bytes = after > to.length ? Arrays.copyOf(to, Math.max(after, 2 * to.length)) : to;
    if (after < length) {
      Arrays.fill(bytes, after, length, (byte) 0);
    }
    System.arraycopy(
        change.data(), 0, bytes, Math.toIntExact(change.offset()), change.data().length);
    return bytes;
  }
}
