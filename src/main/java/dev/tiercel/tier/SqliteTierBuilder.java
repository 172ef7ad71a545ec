package dev.tiercel.tier;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;

/** Describes a {@link SqliteTier}. A value out of its range is refused where it is set. */
public final class SqliteTierBuilder {
  private static final long LEAST_BYTES = 1L << 20;
  private static final long MOST_BYTES = 1L << 40;

  private final Path file;
  private long maxBytes = 256L << 20;
  private InstantSource clock = InstantSource.system();

  SqliteTierBuilder(Path file) {
    this.file = Objects.requireNonNull(file, "file must not be null");
  }

  /**
   * Bounds the tier: all its files together never have more bytes. A single record may have about a
   * twelfth of them, and not more than 48 MiB.
   *
   * @param bytes from 1 MiB to 1 TiB; the default is 256 MiB
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public SqliteTierBuilder maxBytes(long bytes) {
    if (bytes < LEAST_BYTES || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes is " + bytes + "; allowed is 1 MiB to 1 TiB, in bytes");
    }
    maxBytes = bytes;
    return this;
  }

  /**
   * Tells which records have expired, for tests that set the time. Without it the system's clock
   * does.
   *
   * @param clock the clock
   * @return this
   */
  public SqliteTierBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock must not be null");
    return this;
  }

  /**
   * Opens the tier. A file that is damaged is replaced by an empty one.
   *
   * @return the open tier, to be closed by the caller
   * @throws CacheTierException if somebody else has the tier open, if the file cannot be written,
   *     or if it is a database that is no tier's
   */
  public SqliteTier open() {
    return SqliteTier.open(file, SqliteRoom.of(maxBytes), clock);
  }
}
