package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One of the entries that the oracle reads from a real cache.
 *
 * @param kind how it is read
 * @param key its key
 * @param tags its own tags
 * @param shown the data that it shows
 * @param family the family of these data, if the ledger knows nothing of them
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record OracleEntry(Kind kind, Object key, Tags tags, int[] shown, @Nullable Family family) {
  /** Data with a tag each, which the ledger knows. */
  static final int TAGGED = 128;

  private static final int GROUP = 8;
  private static final int PAGE = 16;
  private static final int MEMBERS = 4;

  /** All data. */
  static final int DATA = TAGGED + Way.values().length * MEMBERS;

  /** How an entry is read. */
  enum Kind {
    /** By its key. */
    PLAIN,

    /** With a time to live, and a loader that fails at times. */
    LIST,

    /** Put together of other entries. */
    PAGE
  }

  /** How the cache is told that a family has changed. */
  enum Way {
    TAG,
    SEGMENTS,
    PREFIX,
    PATTERN,
    EVICTED,
    KEYS,
    EVERYTHING,
    MORE_TAGS
  }

  /** A key that is not a text. */
  record ListKey(int first) implements CacheKey {
    @Override
    public String text() {
      return "tasks:list:" + first;
    }
  }

  /** Data that are changed together, and the cache is told afterwards. */
  record Family(int number, Way way) {
    String prefix() {
      return "aside:" + number + ":";
    }

    Tag tag() {
      return Tag.of("family", Integer.toString(number));
    }
  }

  static Family family(int datum) {
    int number = (datum - TAGGED) / MEMBERS;
    return new Family(number, Way.values()[number]);
  }

  static List<OracleEntry> all() {
    List<OracleEntry> all = new ArrayList<>();
    for (int datum = 0; datum < TAGGED; datum++) {
      all.add(new OracleEntry(Kind.PLAIN, "task:" + datum, tag(datum), new int[] {datum}, null));
    }
    for (int[] group : rows(0, TAGGED, GROUP)) {
      all.add(new OracleEntry(Kind.LIST, new ListKey(group[0]), tags(group), group, null));
    }
    for (int[] page : rows(0, TAGGED, PAGE)) {
      all.add(new OracleEntry(Kind.PAGE, "tasks:page:" + page[0], Tags.of(), page, null));
    }
    int[] many = IntStream.range(0, 2 * TagSet.MAX).toArray();
    int[] every = IntStream.range(0, TAGGED).toArray();
    all.add(new OracleEntry(Kind.PLAIN, "tasks:all", tags(many), every, null));
    for (int datum = TAGGED; datum < DATA; datum++) {
      Family own = family(datum);
      all.add(
          new OracleEntry(
              Kind.PLAIN, own.prefix() + "k" + datum, own.tag(), new int[] {datum}, own));
    }
    for (int[] row : rows(TAGGED, DATA, MEMBERS)) {
      Family own = family(row[0]);
      all.add(new OracleEntry(Kind.PLAIN, own.prefix() + "k:list", own.tag(), row, own));
      all.add(new OracleEntry(Kind.PAGE, "board:" + own.number(), Tags.of(), row, own));
    }
    return all;
  }

  /** What is written at once. */
  static List<int[]> writes() {
    List<int[]> writes = new ArrayList<>();
    for (int datum = 0; datum < TAGGED; datum++) {
      writes.add(new int[] {datum});
    }
    for (int i = 0; i < 4; i++) {
      writes.addAll(rows(TAGGED, DATA, MEMBERS));
    }
    writes.addAll(rows(0, TAGGED, GROUP));
    return writes;
  }

  private static List<int[]> rows(int from, int end, int size) {
    return IntStream.iterate(from, first -> first < end, first -> first + size)
        .mapToObj(first -> IntStream.range(first, first + size).toArray())
        .toList();
  }

  static Tag tag(int datum) {
    return Tag.of("task", Integer.toString(datum));
  }

  static Tags tags(int[] data) {
    return Tags.of(IntStream.of(data).mapToObj(OracleEntry::tag).toList());
  }
}
