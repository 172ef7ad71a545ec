package dev.tiercel.cache;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one commit voids.
 *
 * @param hashes the hashes of tags, sorted, each once
 * @param patterns the patterns of keys
 * @param everything whether it voids whatever there is
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a boxed list would cost more.
record Raise(long[] hashes, List<String> patterns, boolean everything) {
  private static final long[] NOTHING = {};

  static final Raise NONE = new Raise(NOTHING, List.of(), false);
  static final Raise EVERYTHING = new Raise(NOTHING, List.of(), true);

  /** Tags and their kinds; too many are everything. */
  static Raise tags(Collection<Tag> tags) {
    Set<Tag> distinct = new LinkedHashSet<>(tags);
    long[] hashes = TagSet.raisedBy(List.copyOf(distinct));
    return hashes == null ? EVERYTHING : new Raise(hashes, List.of(), false);
  }

  /** All keys that begin with some segments. */
  static Raise segments(String prefix) {
    return keyed(TagHash.ofPrefix(prefix));
  }

  /** One key. */
  static Raise key(Object key) {
    return keyed(TagHash.ofKey(Keys.text(key).hashCode()));
  }

  /** What the tiers below memory have of a key. */
  static Raise stored(Object key) {
    long hash = TagHash.ofStored(Keys.text(key).hashCode());
    return new Raise(new long[] {hash}, List.of(), false);
  }

  private static Raise keyed(long hash) {
    long[] both = {hash, TagHash.ANY_KEY};
    Arrays.sort(both);
    return new Raise(both, List.of(), false);
  }

  /** All keys that match a pattern, and what was computed from any key. */
  static Raise pattern(String pattern) {
    return new Raise(new long[] {TagHash.ANY_PATTERN}, List.of(pattern), false);
  }

  /** Whether keys or their prefixes are among the hashes, which are sorted. */
  boolean isKeyed() {
    return hashes.length > 0 && hashes[0] < 0;
  }

  boolean isNothing() {
    return !everything && hashes.length == 0 && patterns.isEmpty();
  }

  /** Both in one commit. */
  Raise and(Raise other) {
    if (isNothing()) {
      return other;
    }
    if (other.isNothing()) {
      return this;
    }
    if (everything || other.everything) {
      return EVERYTHING;
    }
    long[] all = Arrays.copyOf(hashes, hashes.length + other.hashes.length);
    System.arraycopy(other.hashes, 0, all, hashes.length, other.hashes.length);
    long[] distinct = Arrays.stream(all).sorted().distinct().toArray();
    Set<String> both = new LinkedHashSet<>(patterns);
    both.addAll(other.patterns);
    return distinct.length > 2 * TagSet.MAX + 1 || both.size() > Versions.MAX_BANS
        ? EVERYTHING
        : new Raise(distinct, List.copyOf(both), false);
  }
}
