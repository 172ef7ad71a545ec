package dev.tiercel.cache;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of the tags that an entry carries: sorted, each once. Immutable.
 *
 * <p>Many entries carry the same tags, so a set that was made a moment ago is used again: a small
 * table that forgets costs nothing for each entry, as weak references would.
 */
final class TagSet {
  /** More tags than this are too many for an entry, and for a write. */
  static final int MAX = 256;

  /** So many segments of a key are prefixes that can be invalidated at once. */
  static final int MAX_SEGMENTS = 5;

  static final TagSet NONE = new TagSet(new long[0]);

  private static final int RECENT = 1 << 12;
  /* Racy on purpose: a set is safe to publish so, and a lost one is only made twice. */
  private static final TagSet[] recent = new TagSet[RECENT];

  private final long[] hashes;
  private final int keys;

  private TagSet(long[] hashes) {
    this.hashes = hashes;
    int n = 0;
    while (n < hashes.length && hashes[n] < 0) {
      n++;
    }
    this.keys = n;
  }

  /**
   * The tags of an entry. The prefixes of its own key are not among them: they are found when they
   * are needed. Too many tags are replaced by their kinds, and too many kinds by everything.
   */
  static TagSet of(Tags tags) {
    List<Tag> all = tags.list();
    if (all.size() > MAX) {
      return bounded(distinct(all.stream().mapToLong(Tag::kindHash).toArray()));
    }
    long[] hashes = new long[all.size()];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = all.get(i).hash();
      TagNames.note(all.get(i));
    }
    return intern(distinct(hashes));
  }

  /** What a write raises: its tags and their kinds; null if they are too many. */
  static long @Nullable [] raisedBy(List<Tag> tags) {
    if (tags.size() > MAX) {
      return null;
    }
    long[] all = new long[2 * tags.size() + 1];
    for (int i = 0; i < tags.size(); i++) {
      all[2 * i] = tags.get(i).hash();
      all[2 * i + 1] = tags.get(i).kindHash();
    }
    all[2 * tags.size()] = TagHash.EVERYTHING;
    return distinct(all);
  }

  /** Both; too many tags become everything, and too many keys and prefixes any key. */
  TagSet and(TagSet other) {
    if (other == this || other.hashes.length == 0) {
      return this;
    }
    return bounded(distinct(concat(hashes, other.hashes)));
  }

  /**
   * With a key whose value was read, and its prefixes. Whether a pattern hits that one is not known
   * later.
   */
  TagSet andKey(String key) {
    long[] keyed = {TagHash.ofKey(key.hashCode()), TagHash.ANY_PATTERN};
    return bounded(distinct(concat(concat(hashes, prefixesOf(key)), keyed)));
  }

  private static TagSet bounded(long[] all) {
    TagSet both = intern(all);
    if (both.keys > MAX) {
      long[] tags = Arrays.copyOfRange(all, both.keys, all.length);
      long[] any = {TagHash.ANY_KEY, TagHash.ANY_PATTERN};
      return bounded(distinct(concat(tags, any)));
    }
    if (all.length - both.keys > MAX) {
      return intern(concat(Arrays.copyOf(all, both.keys), everything()));
    }
    return both;
  }

  private static long[] everything() {
    return new long[] {TagHash.EVERYTHING};
  }

  /** The hashes of the prefixes of a key that can be invalidated at once. */
  static long[] prefixesOf(String key) {
    long[] found = new long[MAX_SEGMENTS];
    int n = 0;
    long state = TagHash.PREFIX;
    for (int i = 0; i < key.length() && n < MAX_SEGMENTS; i++) {
      state = TagHash.step(state, key.charAt(i));
      if (key.charAt(i) == ':') {
        found[n++] = TagHash.ofPrefix(state);
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** The hash of a prefix that is a tag of its keys; false if it is none. */
  static boolean isSegmentPrefix(String prefix) {
    return prefix.endsWith(":") && prefix.chars().filter(c -> c == ':').count() <= MAX_SEGMENTS;
  }

  /** How many of the hashes are keys or prefixes that a loader read; these come first. */
  int keys() {
    return keys;
  }

  int size() {
    return hashes.length;
  }

  long hash(int i) {
    return hashes[i];
  }

  private static long[] concat(long[] some, long[] more) {
    long[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  private static long[] distinct(long[] all) {
    Arrays.sort(all);
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[n++] = all[i];
      }
    }
    return n == all.length ? all : Arrays.copyOf(all, n);
  }

  private static TagSet intern(long[] hashes) {
    if (hashes.length == 0) {
      return NONE;
    }
    int hash = Arrays.hashCode(hashes);
    int place = (hash ^ (hash >>> 15)) & (RECENT - 1);
    TagSet known = recent[place];
    if (known != null && Arrays.equals(known.hashes, hashes)) {
      return known;
    }
    TagSet made = new TagSet(hashes);
    recent[place] = made;
    return made;
  }
}
