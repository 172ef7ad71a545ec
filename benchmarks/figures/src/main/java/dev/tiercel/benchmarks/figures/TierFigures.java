package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import java.util.ArrayList;
import java.util.List;

/** What is measured of the tiers below memory. */
final class TierFigures {
  private static final String MICROS = "µs a hit, decoded";
  private static final String RATE = "tasks a second";
  private static final String HIT = "TierHit.hit[peer=%s]";

  private TierFigures() {}

  static List<Run> runs() {
    return List.of(
        run("tier-task", "TierHit.hit -p tasks=1 -p entries=100000 -p peer=" + PEERS, 3, 95),
        run("tier-list", "TierHit.hit -p tasks=50 -p entries=20000 -p peer=" + PEERS, 3, 110),
        run("tier-put", "TierPut", 2, 60),
        run("write-behind", "WriteBehind", 2, 14),
        run("encode", "Encode.(encode|decode)$ -p tasks=1 -p described=true", 2, 28));
  }

  private static final String PEERS =
      "SQLITE,SQLITE_BY_HAND,SQLITE_CHECKED_BY_HAND,FILES,FILE_BY_HAND,EHCACHE,MAPDB,MVSTORE,ROCKSDB";

  private static Run run(String name, String selection, int rounds, int seconds) {
    return Run.of(name, Subject.TIERS, selection, rounds, seconds);
  }

  static List<Plot> plots() {
    String hit = "{}: " + HIT;
    return List.of(
        Plot.bars("tier-hit", "A hit below memory")
            .column("tier-task", "a task (380 bytes) among 100,000", MICROS)
            .column("tier-list", "a list of 50 (13 KB) among 20,000", MICROS)
            .ours("Tiercel, SQLite tier", hit.formatted("SQLITE"))
            .peer("a prepared select by hand", hit.formatted("SQLITE_BY_HAND"))
            .peer("... with key and checksum", hit.formatted("SQLITE_CHECKED_BY_HAND"))
            .ours("Tiercel, file tier", hit.formatted("FILES"))
            .peer("a read and its checksum by hand", hit.formatted("FILE_BY_HAND"))
            .peer("Ehcache's disk tier", hit.formatted("EHCACHE"))
            .peer("MapDB, mapped into memory", hit.formatted("MAPDB"))
            .peer("MVStore, pages in the heap", hit.formatted("MVSTORE"))
            .peer("RocksDB", hit.formatted("ROCKSDB")),
        puts(),
        Plot.bars("write-behind", "Tasks through a cache until its tier has them all")
            .column("", "8,000 at once", RATE)
            .ours("Tiercel, SQLite tier", "write-behind: WriteBehind.drain[tier=SQLITE]")
            .ours("Tiercel, file tier", "write-behind: WriteBehind.drain[tier=FILES]"),
        Plot.bars("encode", "A task with its description as bytes, and back")
            .column("encode", "encode", "ns")
            .column("decode", "decode", "ns")
            .ours("Tiercel", "encode: Encode.{}[peer=TASK]")
            .peer("Jackson Smile", "encode: Encode.{}[peer=SMILE]")
            .peer("Java serialization", "encode: Encode.{}[peer=JAVA]"));
  }

  private static Plot puts() {
    String put = "tier-put: TierPut.put[peer=%s]";
    String full = "tier-put: TierPut.putIntoFull[peer=%s]";
    return Plot.bars("tier-put", "Tasks put into a tier, 512 a call")
        .column("put", "into one with room", RATE)
        .column("full", "into a full one of 64 MiB", RATE)
        .ours("Tiercel, SQLite tier", put.formatted("SQLITE"), full.formatted("SQLITE"))
        .ours("Tiercel, file tier", put.formatted("FILES"), full.formatted("FILES"))
        .peer("Ehcache's disk tier", put.formatted("EHCACHE"), "")
        .peer("MapDB", put.formatted("MAPDB"), "")
        .peer("MVStore", put.formatted("MVSTORE"), "")
        .peer("RocksDB", put.formatted("ROCKSDB"), "");
  }

  static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    for (String run : List.of("tier-task", "tier-list")) {
      String what = run.equals("tier-task") ? "a task" : "a list of 50";
      promises.add(
          hit(
              run,
              what + " from SQLite: times a select and decode by hand",
              "SQLITE",
              "SQLITE_BY_HAND",
              1.25));
      promises.add(
          hit(
              run,
              what + " from the files: times a read, checksum and decode by hand",
              "FILES",
              "FILE_BY_HAND",
              1.25));
      promises.add(hit(run, what + " from SQLite: times Ehcache's disk", "SQLITE", "EHCACHE", 1));
      promises.add(hit(run, what + " from the files: times Ehcache's disk", "FILES", "EHCACHE", 1));
    }
    return promises;
  }

  private static Promise hit(String run, String text, String of, String beside, double most) {
    return Promise.ratio(
        text,
        run + ": " + HIT.formatted(of),
        run + ": " + HIT.formatted(beside),
        atMost(most, "×"));
  }
}
