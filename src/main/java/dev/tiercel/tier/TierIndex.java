package dev.tiercel.tier;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the records of a {@link FileTier} are: an entry for each hash of a key. Of two keys with
 * one hash the newer is known. Thread-safe.
 *
 * <p>An entry takes 24 bytes in a table that is between half and three quarters full.
 */
final class TierIndex {
  static final int SHARD_BITS = 8;

  private final LongAdder entries = new LongAdder();
  private final LongAdder liveBytes = new LongAdder();
  private final IndexShard[] shards = new IndexShard[1 << SHARD_BITS];

  /** Takes entries. */
  interface Sink {
    void entry(long hash, long order, long place);
  }

  TierIndex() {
    Arrays.setAll(shards, i -> new IndexShard(entries, liveBytes));
  }

  /** What a record costs in its segment: itself, and its line in the footer. */
  static long cost(long place) {
    return (long) Place.length(place) + SegmentFooter.LINE;
  }

  private IndexShard shard(long hash) {
    return shards[(int) (hash >>> (Long.SIZE - SHARD_BITS))];
  }

  long read(long hash) {
    return shard(hash).read(hash);
  }

  boolean isAt(long hash, long place) {
    return shard(hash).isAt(hash, place);
  }

  boolean isNewer(long hash, long order) {
    return shard(hash).isNewer(hash, order);
  }

  void put(long hash, long order, long place) {
    shard(hash).put(hash, order, place);
  }

  void move(long hash, long from, long to) {
    shard(hash).move(hash, from, to);
  }

  boolean remove(long hash, long place) {
    return shard(hash).remove(hash, place);
  }

  void removeUpTo(long hash, long order) {
    shard(hash).removeUpTo(hash, order);
  }

  /** Removes all entries of a segment, and tells how many. */
  long drop(int slot) {
    return Arrays.stream(shards).mapToLong(shard -> shard.drop(slot)).sum();
  }

  /**
   * Hands out all entries of a segment; it asks the whole index, which is quick beside its file.
   */
  void list(int slot, Sink sink) {
    for (IndexShard shard : shards) {
      shard.list(slot, sink);
    }
  }

  void clear() {
    for (IndexShard shard : shards) {
      shard.clear();
    }
  }

  long entries() {
    return entries.sum();
  }

  /** What the records that are known cost. */
  long liveBytes() {
    return liveBytes.sum();
  }

  /** For how many entries there is room before a table grows. */
  long capacity() {
    return Arrays.stream(shards).mapToLong(IndexShard::capacity).sum();
  }
}
