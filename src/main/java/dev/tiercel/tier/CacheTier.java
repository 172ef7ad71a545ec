package dev.tiercel.tier;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A place below memory where a {@code TieredCache} keeps values that are encoded: larger than
 * memory and alive after a restart. It knows nothing of freshness; the cache judges what it gives
 * back.
 *
 * <p>Implementations are thread-safe; reads go on beside writes. What a tier gives back is byte for
 * byte what it was given, also after a crash and on a damaged disk: what does not stand its
 * checksum is not there. A tier may forget anything at any time, what has expired first. After a
 * crash it may also hold again what was removed or replaced before.
 *
 * <p>Once it is closed, everything but {@link #close} and {@link #use} throws {@link
 * IllegalStateException}.
 */
public interface CacheTier extends AutoCloseable {
  /**
   * What the tier is called in figures and messages, such as {@code sqlite}.
   *
   * @return the name; always the same
   */
  String name();

  /**
   * What is kept under a key.
   *
   * @param key the key
   * @return the record that was put last, or null if there is none, or a damaged one
   * @throws CacheTierException if the tier cannot be read
   */
  @Nullable TierRecord get(String key);

  /**
   * Keeps records. Of two records under one key the one with the greater order stays, and of two
   * with the same order the later; a record that is too large for the tier, and what it would
   * replace, is not kept. When this returns, the records outlive the process.
   *
   * @param records the records, in this order
   * @throws CacheTierException if the tier cannot be written; some of the records may be kept
   */
  void put(List<TierRecord> records);

  /**
   * Removes what records would replace, which are kept elsewhere: what is under their keys, unless
   * it is of a greater order.
   *
   * @param records the records
   * @throws CacheTierException if the tier cannot be written; some may be removed
   */
  void remove(List<TierRecord> records);

  /**
   * Removes what a test picks, in small steps beside readers and writers. What is put meanwhile may
   * be seen or not.
   *
   * @param picked the test
   * @return how many were removed
   * @throws CacheTierException if the tier cannot be read or written
   */
  long removeIf(Predicate<TierRecord> picked);

  /**
   * Removes everything and gives the room back.
   *
   * @throws CacheTierException if the tier cannot be written
   */
  void clear();

  /**
   * What the tier holds and did.
   *
   * @return a snapshot
   */
  TierUse use();

  /** Closes the files; what was put stays. Closing again does nothing. */
  @Override
  void close();
}
