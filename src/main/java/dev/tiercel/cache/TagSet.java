package dev.tiercel.cache;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tags that an entry carries, as the lower halves of their hashes: sorted, each once.
 * Immutable.
 *
 * <p>Half a hash finds the slot of a tag, and one tag for another only costs a load. Three fit into
 * the object itself, which most entries do not exceed and every look-up beside a writer reads. Many
 * entries carry the same tags, so a set that was made a moment ago is used again: a small table
 * that forgets costs nothing for each entry, as weak references would.
 */
final class TagSet {
  /** More tags than this are too many for an entry, and for a write. */
  static final int MAX = 256;

  /** So many segments of a key are prefixes that can be invalidated at once. */
  static final int MAX_SEGMENTS = 5;

  static final TagSet NONE = new TagSet(new int[0]);

  private static final int INLINE = 3;
  private static final int RECENT = 1 << 12;
  /* Racy on purpose: a set is safe to publish so, and a lost one is only made twice. */
  private static final TagSet[] recent = new TagSet[RECENT];

  private final int first;
  private final int second;
  private final int third;
  private final short keys;
  private final short size;
  private final int @Nullable [] rest;

  private TagSet(int[] all) {
    this.first = all.length > 0 ? all[0] : 0;
    this.second = all.length > 1 ? all[1] : 0;
    this.third = all.length > 2 ? all[2] : 0;
    this.rest = all.length > INLINE ? Arrays.copyOfRange(all, INLINE, all.length) : null;
    int n = 0;
    while (n < all.length && all[n] < 0) {
      n++;
    }
    this.keys = (short) n;
    this.size = (short) all.length;
  }

  /**
   * The tags of an entry. The prefixes of its own key are not among them: they are found when they
   * are needed. Too many tags are replaced by their kinds, and too many kinds by everything.
   */
  static TagSet of(Tags tags) {
    List<Tag> all = tags.list();
    if (all.size() > MAX) {
      return bounded(
          distinct(all.stream().mapToInt(tag -> TagHash.half(tag.kindHash())).toArray()));
    }
    int[] halves = new int[all.size()];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = TagHash.half(all.get(i).hash());
      TagNames.note(all.get(i));
    }
    return intern(distinct(halves));
  }

  /** The same as halves of hashes, in any order. */
  static TagSet ofHalves(int[] halves) {
    return intern(distinct(halves.clone()));
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
    return Arrays.stream(all).sorted().distinct().toArray();
  }

  /** Both; too many tags become everything, and too many keys and prefixes any key. */
  TagSet and(TagSet other) {
    if (other == this || other.size == 0) {
      return this;
    }
    return bounded(distinct(concat(halves(), other.halves())));
  }

  /**
   * With a key whose value was read, and its prefixes. Whether a pattern hits that one is not known
   * later.
   */
  TagSet andKey(String key) {
    long[] prefixes = prefixesOf(key);
    int[] keyed = new int[prefixes.length + 2];
    for (int i = 0; i < prefixes.length; i++) {
      keyed[i] = TagHash.half(prefixes[i]);
    }
    keyed[prefixes.length] = TagHash.half(TagHash.ofKey(key.hashCode()));
    keyed[prefixes.length + 1] = TagHash.half(TagHash.ANY_PATTERN);
    return bounded(distinct(concat(halves(), keyed)));
  }

  private static TagSet bounded(int[] all) {
    TagSet both = intern(all);
    if (both.keys > MAX) {
      int[] tags = Arrays.copyOfRange(all, both.keys, all.length);
      int[] any = {TagHash.half(TagHash.ANY_KEY), TagHash.half(TagHash.ANY_PATTERN)};
      return bounded(distinct(concat(tags, any)));
    }
    if (all.length - both.keys > MAX) {
      int[] everything = {TagHash.half(TagHash.EVERYTHING)};
      return intern(concat(Arrays.copyOf(all, both.keys), everything));
    }
    return both;
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

  /** How many of the tags are keys or prefixes that a loader read; these come first. */
  int keys() {
    return keys;
  }

  int size() {
    return size;
  }

  /** The lower half of the hash of a tag. */
  int half(int i) {
    return switch (i) {
      case 0 -> first;
      case 1 -> second;
      case 2 -> third;
      default -> Objects.requireNonNull(rest)[i - INLINE];
    };
  }

  private int[] halves() {
    int[] all = new int[size];
    for (int i = 0; i < size; i++) {
      all[i] = half(i);
    }
    return all;
  }

  private boolean holds(int[] all) {
    if (size != all.length) {
      return false;
    }
    for (int i = 0; i < all.length; i++) {
      if (half(i) != all[i]) {
        return false;
      }
    }
    return true;
  }

  private static int[] concat(int[] some, int[] more) {
    int[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }

  /** Sorted, each once; what is passed is used up. Not by a stream: each load comes here. */
  private static int[] distinct(int[] all) {
    Arrays.sort(all);
    int n = 0;
    for (int each : all) {
      if (n == 0 || all[n - 1] != each) {
        all[n++] = each;
      }
    }
    return n == all.length ? all : Arrays.copyOf(all, n);
  }

  private static TagSet intern(int[] all) {
    if (all.length == 0) {
      return NONE;
    }
    int hash = Arrays.hashCode(all);
    int place = (hash ^ (hash >>> 15)) & (RECENT - 1);
    TagSet known = recent[place];
    if (known != null && known.holds(all)) {
      return known;
    }
    TagSet made = new TagSet(all);
    recent[place] = made;
    return made;
  }
}
