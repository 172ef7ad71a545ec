package dev.tiercel.cache;

import java.util.List;

/**
 * Which tiers a view reads and fills.
 *
 * @param below how many tiers below memory are asked
 * @param filled a bit for each tier that is filled; the lowest is memory
 */
record Levels(int below, long filled) {
  static final Levels ALL = new Levels(Integer.MAX_VALUE, -1);

  /** What the memory tier is called. */
  static final String MEMORY = "memory";

  /** Says that there is no tier of a name. */
  static IllegalArgumentException none(String name, List<String> below) {
    return new IllegalArgumentException(
        "there is no tier '%s'; this cache has %s, and below it %s".formatted(name, MEMORY, below));
  }

  Levels upTo(int level) {
    return new Levels(level, filled);
  }

  Levels into(long levels) {
    return new Levels(below, levels);
  }

  /** Whether a tier is filled; memory is 0, and those below it follow. */
  boolean fills(int level) {
    return (filled >>> level & 1) != 0;
  }

  boolean fillsMemory() {
    return fills(0);
  }
}
