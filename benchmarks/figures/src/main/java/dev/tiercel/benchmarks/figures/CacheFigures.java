package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.ArrayList;
import java.util.List;

/** What is measured of the cache in memory, of invalidation and of wrapping. */
final class CacheFigures {
  private static final String NANOS = "ns a hit";
  private static final String MICROS = "µs a call";
  private static final int[] ENTRIES = {1_000, 10_000, 100_000, 1_000_000};
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private CacheFigures() {}

  static List<Run> runs() {
    return List.of(
        hit("hit", "CacheHit.hit -p commits=0 -prof gc", 4, 50),
        hit(
            "hit-tags",
            "CacheHit.hit -p peer=TIERCEL -p keys=1024 -p commits=1000 -p tags=1,3,9",
            3,
            12),
        hit(
            "hit-commits",
            "CacheHit.hit -p peer=TIERCEL,CAFFEINE -p keys=1024,100000 -p commits=10,100,1000,10000",
            3,
            68),
        hit("hit-threads-2", threads(2), 2, 18),
        hit("hit-threads-8", threads(8), 2, 18),
        Run.once("footprint", Subject.CACHE, "Footprint -p entries=10000,50000,200000", 2, 40),
        Run.of("cached-read", Subject.CACHE, "CachedRead -p commits=0", 3, 58),
        Run.of(
            "invalidate",
            Subject.CACHE,
            "Invalidate.(tag|prefix|everything|caffeineRemoveIf)$ -p entries=1000,10000,100000,1000000",
            2,
            105),
        Run.of(
            "invalidate-durable",
            Subject.CACHE,
            "Invalidate.(ban|oneRowWrite)$ -p entries=1000,1000000",
            2,
            50),
        Run.quick("wrapped", Subject.WRAPPING, "WrappedHit -p keys=1024", 5, 20));
  }

  private static Run hit(String name, String selection, int rounds, int seconds) {
    return Run.quick(name, Subject.CACHE, selection, rounds, seconds);
  }

  private static String threads(int threads) {
    return "CacheHit.hit -p peer=TIERCEL,CAFFEINE,CAFFEINE_TTL,CACHE2K -p keys=1024 -p commits=0 -t "
        + threads;
  }

  static List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    plots.add(
        peers(
            Plot.bars("hit", "A hit in memory, one thread")
                .column("1024", "among 1,024 keys", NANOS)
                .column("100000", "among 100,000 keys", NANOS),
            "hit: CacheHit.hit[peer=%s,keys={}]"));
    plots.add(
        peers(
            Plot.bars("hit-bytes", "What a hit allocates")
                .column("1024", "among 1,024 keys", "bytes a hit"),
            "hit: CacheHit.hit[peer=%s,keys={}]#" + ALLOCATED));
    plots.add(threads());
    plots.add(
        Plot.lines(
                "hit-tags",
                "A hit as a value has more tags, beside 1,000 commits a second",
                "tags of each value")
            .over(NANOS, 1, 3, 9)
            .ours("Tiercel", "hit-tags: CacheHit.hit[tags={}]"));
    plots.add(
        Plot.lines("hit-commits", "A hit beside a writer of other tags", "commits a second")
            .over(NANOS, 10, 100, 1_000, 10_000)
            .ours("Tiercel, among 1,024 keys", beside("TIERCEL", 1_024, "{}"))
            .ours("Tiercel, among 100,000 keys", beside("TIERCEL", 100_000, "{}"))
            .peer("Caffeine, among 1,024 keys", beside("CAFFEINE", 1_024, "{}"))
            .peer("Caffeine, among 100,000 keys", beside("CAFFEINE", 100_000, "{}")));
    plots.add(
        Plot.lines("footprint", "Memory of an entry with its key, beside its value", "entries")
            .over("bytes an entry", 10_000, 50_000, 200_000)
            .ours("Tiercel, tags of many", footprint("SHARED", "tiercel"))
            .ours("Tiercel, a tag of its own", footprint("OWN", "tiercel"))
            .peer("Caffeine", footprint("SHARED", "caffeine")));
    plots.add(
        Plot.bars("cached-read", "The cached repository, one thread")
            .column("byId", "a task by id, 20,000 cached", NANOS)
            .column("listOf50", "a list of 50, 400 cached", NANOS)
            .ours("Tiercel", "cached-read: CachedRead.{}[peer=TIERCEL]")
            .peer("Caffeine by hand", "cached-read: CachedRead.{}[peer=CAFFEINE]")
            .peer("JetCache by hand", "cached-read: CachedRead.{}[peer=JETCACHE]")
            .peer("without a cache", "cached-read: CachedRead.{}[peer=UNCACHED]"));
    plots.add(
        Plot.lines("invalidate", "Voiding values, as there are more", "values cached")
            .over(MICROS, ENTRIES)
            .ours("a tag", "invalidate: Invalidate.tag[entries={}]")
            .ours("a prefix", "invalidate: Invalidate.prefix[entries={}]")
            .ours("everything", "invalidate: Invalidate.everything[entries={}]")
            .peer(
                "a prefix, removeIf on Caffeine",
                "invalidate: Invalidate.caffeineRemoveIf[entries={}]"));
    plots.add(durable());
    plots.add(
        Plot.bars("wrapped", "A hit through a wrapper, 1,024 keys, one thread")
            .column("", "one argument", NANOS)
            .ours("Tiercel, Caching.of", "wrapped: WrappedHit.hit[face=WRAPPED]")
            .ours("... of two arguments, a list", "wrapped: WrappedHit.hit[face=WRAPPED_LIST]")
            .ours("the same cache by hand", "wrapped: WrappedHit.hit[face=BY_HAND]")
            .peer("JetCache by hand", "wrapped: WrappedHit.hit[face=JETCACHE]")
            .peer("Caffeine by hand", "wrapped: WrappedHit.hit[face=CAFFEINE]"));
    return plots;
  }

  private static Plot threads() {
    return Plot.bars("hit-threads", "A hit in memory, as more threads hit (each its own time)")
        .column("2", "2 threads", NANOS)
        .column("8", "8 threads", NANOS)
        .ours("Tiercel, three tags, time to live", threads("TIERCEL"))
        .peer("Caffeine", threads("CAFFEINE"))
        .peer("Caffeine, time to live", threads("CAFFEINE_TTL"))
        .peer("cache2k", threads("CACHE2K"));
  }

  private static String[] threads(String peer) {
    return new String[] {
      "hit-threads-2: CacheHit.hit[peer=" + peer + "]",
      "hit-threads-8: CacheHit.hit[peer=" + peer + "]"
    };
  }

  private static Plot peers(Plot plot, String choice) {
    return plot.ours("Tiercel, three tags, time to live", choice.formatted("TIERCEL"))
        .peer("Caffeine", choice.formatted("CAFFEINE"))
        .peer("Caffeine, time to live", choice.formatted("CAFFEINE_TTL"))
        .peer("JetCache, its local cache", choice.formatted("JETCACHE"))
        .peer("cache2k, eternal", choice.formatted("CACHE2K"))
        .peer("ConcurrentHashMap", choice.formatted("MAP"));
  }

  /** Caffeine has no tags: its writer does nothing, as often. */
  private static String beside(String peer, int keys, String commits) {
    return "hit-commits: CacheHit.hit[peer=%s,keys=%d,commits=%s]".formatted(peer, keys, commits);
  }

  private static String footprint(String tags, String who) {
    return "footprint: Footprint.count[tags=%s,entries={}]#%sPerEntry".formatted(tags, who);
  }

  private static Plot durable() {
    String choice = "invalidate-durable: Invalidate.%s[durability=%s,entries={}]";
    return Plot.bars("invalidate-durable", "Voiding by a pattern with a durable ledger")
        .column("1000", "1,000 values cached", MICROS)
        .column("1000000", "1,000,000 values cached", MICROS)
        .ours("a pattern, FULL", choice.formatted("ban", "FULL"))
        .peer("a one-row write, FULL", choice.formatted("oneRowWrite", "FULL"))
        .ours("a pattern, NORMAL", choice.formatted("ban", "NORMAL"))
        .peer("a one-row write, NORMAL", choice.formatted("oneRowWrite", "NORMAL"));
  }

  private static Promise hit(String text, int keys, String peer) {
    String choice = "hit: CacheHit.hit[peer=%s,keys=%d]";
    return Promise.ratio(
        text.formatted(keys),
        choice.formatted("TIERCEL", keys),
        choice.formatted(peer, keys),
        atMost(1.3, "×"));
  }

  private static Promise memory(String text, String tags) {
    String choice = "footprint: Footprint.count[tags=%s,entries=50000]#morePerEntry";
    return Promise.plain(text, choice.formatted(tags), atMost(64, "B"));
  }

  private static Promise voiding(String text, String benchmark) {
    return Promise.ratio(
            "voiding %s of 1,000,000 values: times the same of 1,000".formatted(text),
            "invalidate: Invalidate.%s[entries=1000000]".formatted(benchmark),
            "invalidate: Invalidate.%s[entries=1000]".formatted(benchmark),
            atMost(2, "×"))
        .from(From.OURS);
  }

  static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    for (int keys : new int[] {1_024, 100_000}) {
      promises.add(
          hit("a hit with three tags among %,d keys: times Caffeine without us", keys, "CAFFEINE")
              .because(
                  keys == 1_024
                      ? "the rule, a counter and the time cost some 35 ns, whatever Caffeine costs"
                          + " beside them"
                      : "beside the same 35 ns, an entry is one more place in memory to wait for"));
      promises.add(
          Promise.ratio(
                  "a hit beside 1,000 commits a second, among %,d keys: times Caffeine"
                      .formatted(keys),
                  beside("TIERCEL", keys, "1000"),
                  beside("CAFFEINE", keys, "1000"),
                  atMost(1.3, "×"))
              .because(
                  "each commit makes every hit look its tags up once again: three reads more, until"
                      + " the entry is stamped anew"));
      promises.add(
          hit(
              "a hit with three tags among %,d keys: times Caffeine with a time to live",
              keys, "CAFFEINE_TTL"));
    }
    promises.add(
        Promise.plain(
            "a hit with three tags allocates",
            "hit: CacheHit.hit[peer=TIERCEL,keys=1024]#" + ALLOCATED,
            atMost(0.5, "B")));
    promises.add(memory("an entry whose tags are those of many: more than Caffeine's", "SHARED"));
    promises.add(
        memory("an entry with a tag of its own: more than Caffeine's", "OWN")
            .because("a tag that no other entry has is an object of its own"));
    promises.add(voiding("a tag", "tag"));
    promises.add(voiding("a prefix", "prefix"));
    promises.add(
        voiding("everything", "everything")
            .because(
                "the call itself is the same; beside it what is void is swept out of memory, and a"
                    + " sweep that walks a million values leaves the caller less of the processors'"
                    + " caches"));
    promises.add(
        Promise.difference(
                "a wrapper: more than the same cache by hand",
                "wrapped: WrappedHit.hit[face=WRAPPED]",
                "wrapped: WrappedHit.hit[face=BY_HAND]",
                atMost(7, "ns"))
            .from(From.OURS)
            .because(
                "5 to 7 ns is what a JDK proxy costs that does nothing; it also makes an array of the"
                    + " arguments, and the wrapper a key of them"));
    return promises;
  }
}
