package dev.tiercel.tier;

import java.nio.file.Path;

/** Describes a {@link FileTier}. Not thread-safe. */
public final class FileTierBuilder {
  private static final long DEFAULT_MAX = 1L << 30;
  private static final long LEAST_MAX = 64 << 10;
  private static final int DEFAULT_SEGMENT = 64 << 20;
  private static final int LEAST_SEGMENT = 4 << 10;
  private static final int SEGMENTS = 16;
  private static final int FEWEST_SEGMENTS = 8;
  private static final int MOST_SEGMENTS = 1 << 10;

  private final Path folder;
  private long maxBytes = DEFAULT_MAX;
  private int segmentBytes;

  FileTierBuilder(Path folder) {
    this.folder = folder;
  }

  /**
   * Bounds all files of the tier together; 1 GiB unless it is set. While records are moved they may
   * be above it by a sixteenth.
   *
   * @param bytes how many, between 64 KiB and 1 TiB
   * @return this
   * @throws IllegalArgumentException if it is not between these
   */
  public FileTierBuilder maxBytes(long bytes) {
    long most = (long) Place.MAX_SEGMENT * MOST_SEGMENTS;
    if (bytes < LEAST_MAX || bytes > most) {
      throw new IllegalArgumentException(
          "maxBytes must be between %d and %d, but is %d".formatted(LEAST_MAX, most, bytes));
    }
    this.maxBytes = bytes;
    return this;
  }

  /**
   * Bounds each file, and with it a record: one that has no room in a segment is refused. Room is
   * won back by whole segments. Unless it is set, a sixteenth of the bound of all, and at most 64
   * MiB or what makes 1024 of them.
   *
   * @param bytes how many, between 4 KiB and 1 GiB; at most an eighth and at least a 1024th of
   *     {@code maxBytes}, which {@link #open} makes sure of
   * @return this
   * @throws IllegalArgumentException if it is not between these
   */
  public FileTierBuilder segmentBytes(int bytes) {
    if (bytes < LEAST_SEGMENT || bytes > Place.MAX_SEGMENT) {
      throw new IllegalArgumentException(
          "segmentBytes must be between %d and %d, but is %d"
              .formatted(LEAST_SEGMENT, Place.MAX_SEGMENT, bytes));
    }
    this.segmentBytes = bytes;
    return this;
  }

  /**
   * Opens the tier.
   *
   * @return the tier, which whoever opened it closes
   * @throws IllegalArgumentException if the bound of a segment does not go with that of all
   * @throws CacheTierException if another tier uses the folder, or if it cannot be used at all
   */
  public FileTier open() {
    int segment = segmentBytes == 0 ? defaultSegment() : segmentBytes;
    if (segment > maxBytes / FEWEST_SEGMENTS || segment < maxBytes / MOST_SEGMENTS) {
      throw new IllegalArgumentException(
          "segmentBytes must be between maxBytes / %d and maxBytes / %d, but is %d of %d"
              .formatted(MOST_SEGMENTS, FEWEST_SEGMENTS, segment, maxBytes));
    }
    return FileTier.open(folder, maxBytes, segment);
  }

  private int defaultSegment() {
    long usual = Math.min(maxBytes / SEGMENTS, DEFAULT_SEGMENT);
    return (int) Math.max(usual, maxBytes / MOST_SEGMENTS);
  }
}
