package dev.tiercel.cache;

/**
 * The 64-bit hashes that stand for tags in the ledger and in its log, so they must never change.
 * Two tags with one hash, or with one slot, fall together: that costs a load, never an answer.
 *
 * <p>FNV-1a over UTF-16 units (draft-eastlake-fnv), then the finalizer of MurmurHash3, because FNV
 * leaves the low bits of short texts alike.
 */
final class TagHash {
  /** The seed of ordinary tags. */
  static final long TAG = 0xcbf29ce484222325L;

  /** The seed of kinds, which are a space of names of their own. */
  static final long KIND = 0x9e3779b97f4a7c15L;

  /** The seed of prefixes of keys, which are a space of names of their own. */
  static final long PREFIX = 0xd6e8feb86659fd93L;

  private static final long KEY = 0xa0761d6478bd642fL;

  private static final long STORED = 0xbf58476d1ce4e5b9L;

  /** Stands for all keys and prefixes. */
  static final long ANY_KEY = 0xe7037ed1a0b428dbL;

  /** Stands for all patterns of keys: whatever was computed from other keys carries it. */
  static final long ANY_PATTERN = 0x8ebc6af09c88c6e3L;

  /** Stands for whatever there is. */
  static final long EVERYTHING = 0x2545f4914f6cdd1dL;

  private static final long PRIME = 0x100000001b3L;

  private TagHash() {}

  /** Of a tag or a kind: not negative. */
  static long of(long seed, String text) {
    return ofText(seed, text) & Long.MAX_VALUE;
  }

  /** Of any text: all 64 bits. */
  static long ofText(long seed, String text) {
    return mix(state(seed, text));
  }

  /** Of a prefix of keys: negative, as that of a key. */
  static long ofPrefix(String prefix) {
    return ofPrefix(state(PREFIX, prefix));
  }

  /** The same from a state that begins with {@link #PREFIX}. */
  static long ofPrefix(long state) {
    return mix(state) | Long.MIN_VALUE;
  }

  private static long state(long seed, String text) {
    long state = seed;
    for (int i = 0; i < text.length(); i++) {
      state = step(state, text.charAt(i));
    }
    return state;
  }

  /** Of a key by the hash of its text: negative, as that of a prefix. */
  static long ofKey(int keyHash) {
    return mix(KEY ^ keyHash) | Long.MIN_VALUE;
  }

  /** The lower half of a hash, and its sign: enough to find its slot. */
  static int half(long hash) {
    return ((int) hash & Integer.MAX_VALUE) | ((int) (hash >>> 32) & Integer.MIN_VALUE);
  }

  /** Of what is stored under a key: not negative, as that of a tag. */
  static long ofStored(int keyHash) {
    return mix(STORED ^ keyHash) & Long.MAX_VALUE;
  }

  static long step(long state, char unit) {
    return (state ^ unit) * PRIME;
  }

  /** Spreads a number over all of its bits; each has one that only it becomes. */
  static long mix(long state) {
    long mixed = state ^ (state >>> 33);
    mixed *= 0xff51afd7ed558ccdL;
    mixed ^= mixed >>> 33;
    mixed *= 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
