package dev.tiercel.cache;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.tier.CacheTier;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A database of items, each of which has a version that rises, with its ledger and a cache on tiers
 * that outlive it. A cached value tells what it is: the key, the versions that it was made of, and
 * bytes that follow from these.
 */
final class VersionedItems implements AutoCloseable {
  static final int ITEMS = 128;
  static final int GROUPS = 8;

  private static final int MOST_FILLING = 10_000;
  private static final int FEW_ENTRIES = 8;
  private static final Migration SCHEMA =
      new Migration(1, "CREATE TABLE item (id INTEGER PRIMARY KEY, version INTEGER) STRICT;");

  private record Item(int id, long version) {
    List<Tag> tags() {
      return List.of(tag(id), group(id % GROUPS));
    }
  }

  final SqliteDatabase database;
  final SqliteLedger ledger;
  final TieredCache cache;
  final TypedCache<String> texts;

  private VersionedItems(
      Path file, Durability durability, InstantSource clock, List<Supplier<CacheTier>> tiers) {
    ledger = Ledger.durable(VersionedItems::tagsOf);
    database =
        SqliteDatabase.builder(file)
            .migrations(List.of(SCHEMA))
            .durability(durability)
            .journal(ledger.journal())
            .open();
    TieredCache built = null;
    try {
      TieredCacheBuilder builder =
          TieredCache.builder().ledger(ledger).entries(FEW_ENTRIES).codec(SmileCodec.create());
      tiers.forEach(tier -> builder.tier(tier.get()));
      built = builder.clock(clock).build();
    } finally {
      if (built == null) {
        database.close();
      }
    }
    cache = built;
    texts = cache.typed(String.class);
  }

  /** Opens all of it; the tiers last. */
  static VersionedItems open(Path file, Durability durability, List<Supplier<CacheTier>> tiers) {
    return open(file, durability, InstantSource.system(), tiers);
  }

  static VersionedItems open(
      Path file, Durability durability, InstantSource clock, List<Supplier<CacheTier>> tiers) {
    return new VersionedItems(file, durability, clock, tiers);
  }

  private static List<Tag> tagsOf(RowChange change) {
    return change.after() instanceof Item item ? item.tags() : List.of();
  }

  static Tag tag(int id) {
    return Tag.of("item", Integer.toString(id));
  }

  static Tag group(int group) {
    return Tag.of("group", Integer.toString(group));
  }

  /** The key of an item. */
  static String key(int id) {
    return "items:" + id % GROUPS + ":" + id;
  }

  /** The key of what is made of all items of a group. */
  static String groupKey(int group) {
    return "groups:" + group;
  }

  static List<String> keys() {
    List<String> keys = new ArrayList<>();
    IntStream.range(0, ITEMS).forEach(id -> keys.add(key(id)));
    IntStream.range(0, GROUPS).forEach(group -> keys.add(groupKey(group)));
    return keys;
  }

  static String anyKey(Random random) {
    return random.nextInt(4) == 0 ? groupKey(random.nextInt(GROUPS)) : key(random.nextInt(ITEMS));
  }

  /** The items that the value of a key is made of. */
  static List<Integer> itemsOf(String key) {
    int last = Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
    return key.startsWith("items:")
        ? List.of(last)
        : IntStream.range(0, ITEMS).filter(id -> id % GROUPS == last).boxed().toList();
  }

  static Tags tagsOf(String key) {
    int last = Integer.parseInt(key.substring(key.lastIndexOf(':') + 1));
    return key.startsWith("items:") ? tag(last) : group(last);
  }

  /** The value of a key as of some versions of its items. */
  static String text(String key, List<Long> versions) {
    String head =
        key + "|" + versions.stream().map(String::valueOf).collect(Collectors.joining(",")) + "|";
    SplittableRandom random = new SplittableRandom(head.hashCode());
    StringBuilder text = new StringBuilder(head);
    for (int left = random.nextInt(MOST_FILLING); left > 0; left--) {
      text.append((char) (' ' + random.nextInt(90)));
    }
    return text.toString();
  }

  /** The value as the database has it now. */
  String load(String key) {
    return text(key, versions(key));
  }

  List<Long> versions(String key) {
    List<Integer> ids = itemsOf(key);
    String sql =
        ids.size() == 1
            ? "SELECT ifnull((SELECT version FROM item WHERE id = ?), 0)"
            : "WITH RECURSIVE id(n) AS (SELECT ? UNION ALL SELECT n + 8 FROM id WHERE n + 8 < 128)"
                + " SELECT ifnull(version, 0) FROM id LEFT JOIN item ON id = n ORDER BY n";
    return database.read(
        session -> session.list(sql, row -> row.setInt(1, ids.get(0)), row -> row.getLong(1)));
  }

  /** Has a value cached, and returns it. */
  String get(String key) {
    return texts.get(key, tagsOf(key), () -> load(key));
  }

  /** The versions of all items. */
  List<Long> versions() {
    List<Long> versions = new ArrayList<>(Collections.nCopies(ITEMS, 0L));
    database.read(
        session ->
            session.list(
                "SELECT id, version FROM item",
                Binder.NONE,
                row -> versions.set(row.getInt(1), row.getLong(2))));
    return versions;
  }

  void write(int id, long version) {
    database.write(
        (session, changes) -> {
          changes.add("item", null, new Item(id, version));
          return session.update(
              "INSERT INTO item VALUES (?, ?)"
                  + " ON CONFLICT(id) DO UPDATE SET version = excluded.version",
              row -> {
                row.setInt(1, id);
                row.setLong(2, version);
              });
        });
  }

  /** What SQLite says to the state of the file. */
  List<String> integrity() {
    return database.read(
        session -> session.list("PRAGMA integrity_check", Binder.NONE, row -> row.getString(1)));
  }

  @Override
  public void close() {
    try {
      cache.close();
    } finally {
      database.close();
    }
  }
}
