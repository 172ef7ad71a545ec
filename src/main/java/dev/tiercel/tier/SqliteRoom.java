package dev.tiercel.tier;

/**
 * How the bytes of a {@link SqliteTier} are shared out between the database and its write-ahead
 * log, and how much of both a row may need.
 *
 * @param maxBytes what all files together may have
 * @param pages how many pages the database may have
 * @param frames how many pages the log may have
 */
record SqliteRoom(long maxBytes, long pages, long frames) {
  static final int PAGE_BYTES = 4096;

  /* https://sqlite.org/fileformat2.html: a frame is a page with a header, the index of the log has
   * 32 KiB for each 4096 frames, an overflow page begins with the number of the next one. */
  private static final int FRAME_BYTES = PAGE_BYTES + 24;
  private static final long INDEX_BYTES = 32L << 10;
  private static final long INDEX_FRAMES = 4096;
  private static final int OVERFLOW_BYTES = PAGE_BYTES - 4;

  private static final long SMALLEST_LOG = 256L << 10;
  private static final long LARGEST_LOG = 64L << 20;

  /* What a transaction writes whatever it does: first page, counters, roots. */
  private static final int FIXED_FRAMES = 16;
  /* Of a row that shares its page with others, pages of index and table and what a split of them
   * needs now and then; of a larger one, a split each time. */
  private static final int SHARING_BYTES = 1_000;
  private static final int SHARED_FRAMES = 4;
  private static final int SPLIT_FRAMES = 8;

  static SqliteRoom of(long maxBytes) {
    long log = Math.max(SMALLEST_LOG, Math.min(maxBytes / 8, LARGEST_LOG));
    long frames = log / FRAME_BYTES;
    long index = INDEX_BYTES * (1 + frames / INDEX_FRAMES);
    return new SqliteRoom(maxBytes, (maxBytes - log - index) / PAGE_BYTES, frames);
  }

  /** From here on records have to go: less than there is, since the estimates are no promises. */
  long fullPages() {
    return pages - pages / 32;
  }

  /**
   * How many pages are freed at once when records have to go, so that it is not done at each put.
   */
  long sparePages() {
    return Math.min(pages / 32, 64);
  }

  /** How much a transaction may write if it can be divided. */
  long transactionFrames() {
    return frames / 2 - FIXED_FRAMES;
  }

  boolean isFitting(SqliteRow row) {
    long needed = pagesOf(row.size());
    return needed + SPLIT_FRAMES + FIXED_FRAMES <= frames * 3 / 4 && needed <= pages / 4;
  }

  /** How many pages it may write to keep a row, or to refuse it. */
  long framesOf(SqliteRow row) {
    if (row.size() < SHARING_BYTES) {
      return SHARED_FRAMES;
    }
    return SPLIT_FRAMES + (isFitting(row) ? pagesOf(row.size()) : 0);
  }

  /** About how many bytes a row takes of the pages, those included that are left free. */
  long bytesOf(SqliteRow row) {
    long size = row.size();
    if (size < SHARING_BYTES) {
      return 2 * (size + 64);
    }
    return isFitting(row) ? (pagesOf(size) + 1) * PAGE_BYTES : 0;
  }

  private static long pagesOf(long size) {
    return size / OVERFLOW_BYTES + 2;
  }

  /** How many rows a transaction may delete. */
  int deletedRows() {
    return (int) Math.max(1, Math.min(transactionFrames() / SPLIT_FRAMES, 256));
  }

  /** How many bytes the log may have, which is also the most that is written at once. */
  long logBytes() {
    return frames * FRAME_BYTES;
  }

  /** Whether the log may have so many bytes and take a transaction of so many pages. */
  boolean hasLogRoom(long used, long transaction) {
    return used + (transaction + FIXED_FRAMES) * FRAME_BYTES <= logBytes();
  }
}
