package dev.tiercel.tier;

/**
 * Where a record of a {@link FileTier} lies, in one number: the slot of its segment, its offset and
 * its length there, and whether it was read since it was written. Never 0.
 */
final class Place {
  /** Offsets and lengths are multiples of this: so they need fewer bits. */
  static final int ALIGNMENT = 8;

  /** More slots than there may be segments at once; slot 0 is not used. */
  static final int SLOTS = 1 << 12;

  static final int MAX_SEGMENT = 1 << 30;
  static final int MAX_LENGTH = ((1 << 24) - 1) * ALIGNMENT;

  private static final long READ = Long.MIN_VALUE;
  private static final int SLOT_SHIFT = 51;
  private static final int OFFSET_SHIFT = 24;
  private static final int OFFSET_MASK = (1 << 27) - 1;
  private static final int LENGTH_MASK = (1 << 24) - 1;

  private Place() {}

  static long of(int slot, int offset, int length) {
    return (long) slot << SLOT_SHIFT
        | (long) (offset / ALIGNMENT) << OFFSET_SHIFT
        | length / ALIGNMENT;
  }

  static int slot(long place) {
    return (int) (place >>> SLOT_SHIFT) & (SLOTS - 1);
  }

  static int offset(long place) {
    return ((int) (place >>> OFFSET_SHIFT) & OFFSET_MASK) * ALIGNMENT;
  }

  static int length(long place) {
    return ((int) place & LENGTH_MASK) * ALIGNMENT;
  }

  static boolean wasRead(long place) {
    return place < 0;
  }

  static long read(long place) {
    return place | READ;
  }

  /** The place alone. */
  static long bare(long place) {
    return place & ~READ;
  }

  static long aligned(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }
}
