package dev.tiercel.benchmarks.tier;

/** The keys of all benchmarks of tiers: a text with a number in it, which those by hand know. */
final class Row {
  private static final String PREFIX = "tasks:agent:7:page:";
  private static final long ODD = 0x9e3779b97f4a7c15L;

  private Row() {}

  static String key(int number) {
    return PREFIX + number;
  }

  /** The number in a key; it takes some nanoseconds. */
  static int number(String key) {
    int number = 0;
    for (int i = PREFIX.length(); i < key.length(); i++) {
      number = 10 * number + key.charAt(i) - '0';
    }
    return number;
  }

  /** A rowid for a number, as scattered as a hash. */
  static long id(int number) {
    long mixed = number * ODD;
    return mixed ^ mixed >>> 32;
  }
}
