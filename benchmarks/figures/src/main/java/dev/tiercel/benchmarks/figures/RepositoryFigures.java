package dev.tiercel.benchmarks.figures;

import static dev.tiercel.benchmarks.figures.Promise.Bound.atLeast;
import static dev.tiercel.benchmarks.figures.Promise.Bound.atMost;

import dev.tiercel.benchmarks.figures.Promise.From;
import java.util.ArrayList;
import java.util.List;

/** What is measured of the repository, without a cache. */
final class RepositoryFigures {
  private static final String MICROS = "µs a call";
  private static final String RATE = "a second";

  /** A tree that has a thousand times the rows is some levels higher. */
  private static final double FLAT = 2;

  private static final int[] ROWS = {1_000, 10_000, 100_000, 1_000_000};

  private RepositoryFigures() {}

  static List<Run> runs() {
    return List.of(
        run(
            "point-read",
            "PointRead.(tiercel|handHeld|hikariPreparePerCall|jdbi|dbScheduler|naive)$",
            4,
            32),
        run("list-50", "ListOf50.(tiercel|handHeld|hikariPreparePerCall|jdbi|naive)$", 3, 27),
        run(
            "insert",
            "Insert.Threads -p durability=FULL -p peer=TIERCEL,BARE,HIKARI,JDBI,DB_SCHEDULER",
            3,
            100),
        run(
            "insert-normal",
            "Insert.Threads01 -p durability=NORMAL -p peer=TIERCEL,TIERCEL_JOURNALED,BARE",
            3,
            20),
        Run.once("save-all", Subject.REPOSITORY, "SaveAll.(tiercelSaveAll|raw)$", 3, 30),
        run(
            "claim",
            "Claim.Threads01 -p durability=NORMAL -p peer=TIERCEL,BARE,DB_SCHEDULER",
            2,
            50),
        run("find-pending", "FindPending -p rows=1000000 -p content=PENDING_50", 3, 18),
        run(
            "counts",
            "CountAndStats.(agent(Tiercel|HandHeld|Jdbi)|stats(Tiercel|HandHeld))$ -p rows=100000",
            3,
            28),
        run("deep-page", "DeepPage -p order=URGENT_FIRST -p depth=1000,10000,100000,300000", 2, 55),
        run(
            "growth",
            "Growth.(findById|findByIdHandHeld|findPending|listOf50|pageInTheMiddle|countOfAgent)$",
            2,
            140),
        run("growth-insert", "Growth.insert$", 2, 55));
  }

  private static Run run(String name, String selection, int rounds, int seconds) {
    return Run.of(name, Subject.REPOSITORY, selection, rounds, seconds);
  }

  static List<Plot> plots() {
    return List.of(
        Plot.bars("point-read", "Reads among 100,000 rows")
            .column("point-read: PointRead", "one task by id", MICROS)
            .column("list-50: ListOf50", "the newest 50 of an agent", MICROS)
            .ours("Tiercel, uncached", "{}.tiercel")
            .peer("a statement held by hand", "{}.handHeld")
            .peer("Jdbi", "{}.jdbi")
            .peer("HikariCP, a prepare per call", "{}.hikariPreparePerCall")
            .peer("db-scheduler", "point-read: PointRead.dbScheduler", "")
            .peer("naive: a connection per call", "{}.naive"),
        Plot.lines("insert", "Durable inserts, one task a call (FULL)", "threads that write")
            .column("01", "1", RATE)
            .column("04", "4", RATE)
            .column("16", "16", RATE)
            .ours("Tiercel", "insert: Insert.Threads{}.add[peer=TIERCEL]")
            .peer("one bare connection", "insert: Insert.Threads{}.add[peer=BARE]")
            .peer("HikariCP, autocommit", "insert: Insert.Threads{}.add[peer=HIKARI]")
            .peer("Jdbi", "insert: Insert.Threads{}.add[peer=JDBI]")
            .peer("db-scheduler", "insert: Insert.Threads{}.add[peer=DB_SCHEDULER]"),
        Plot.bars("insert-normal", "Inserts by one thread, without an fsync at commit (NORMAL)")
            .column("", "one task a call", RATE)
            .ours("Tiercel", "insert-normal: Insert.Threads01.add[peer=TIERCEL]")
            .ours(
                "Tiercel with the ledger",
                "insert-normal: Insert.Threads01.add[peer=TIERCEL_JOURNALED]")
            .peer("a bare connection", "insert-normal: Insert.Threads01.add[peer=BARE]"),
        Plot.bars("save-all", "100,000 new tasks in one call (FULL)")
            .column("", "all of them", "ms")
            .ours("Tiercel, saveAll", "save-all: SaveAll.tiercelSaveAll")
            .peer("one raw transaction", "save-all: SaveAll.raw"),
        Plot.bars("claim", "Tasks claimed by one thread, 300,000 pending (NORMAL)")
            .column("1", "1 a call", "calls a second")
            .column("100", "100 a call", "calls a second")
            .ours("Tiercel", "claim: Claim.Threads01.claim[peer=TIERCEL,batch={}]")
            .peer("the same SQL by hand", "claim: Claim.Threads01.claim[peer=BARE,batch={}]")
            .peer("db-scheduler", "claim: Claim.Threads01.claim[peer=DB_SCHEDULER,batch={}]"),
        Plot.bars("find-pending", "The 100 most urgent pending of 1,000,000 rows, half pending")
            .column("", "findPending(100)", MICROS)
            .ours("Tiercel, uncached", "find-pending: FindPending.tiercel")
            .peer("a statement held by hand", "find-pending: FindPending.handHeld")
            .peer("the usual three indexes", "find-pending: FindPending.legacyIndexed"),
        Plot.bars("counts", "Counts among 100,000 rows")
            .column("agent", "tasks of an agent", MICROS)
            .column("stats", "statistics of all", MICROS)
            .ours("Tiercel, uncached", "counts: CountAndStats.{}Tiercel")
            .peer("the same SQL by hand", "counts: CountAndStats.agentHandHeld", "")
            .peer("a plain GROUP BY by hand", "", "counts: CountAndStats.statsHandHeld")
            .peer("Jdbi", "counts: CountAndStats.agentJdbi", ""),
        Plot.lines("deep-page", "A page of 50 of 1,000,000 rows, by its depth", "rows before it")
            .over(MICROS, 1_000, 10_000, 100_000, 300_000)
            .ours("Tiercel, by a cursor", "deep-page: DeepPage.tiercel[depth={}]")
            .peer("OFFSET", "deep-page: DeepPage.offset[depth={}]"),
        Plot.lines("growth", "What a call costs as the table grows, uncached", "rows")
            .over(MICROS, ROWS)
            .ours("Tiercel: a task by id", "growth: Growth.findById[rows={}]")
            .peer("by hand: a task by id", "growth: Growth.findByIdHandHeld[rows={}]")
            .ours("Tiercel: the 100 most urgent", "growth: Growth.findPending[rows={}]")
            .ours("Tiercel: newest 50 of an agent", "growth: Growth.listOf50[rows={}]")
            .ours("Tiercel: a page in the middle", "growth: Growth.pageInTheMiddle[rows={}]")
            .ours("Tiercel: a count, which walks", "growth: Growth.countOfAgent[rows={}]"),
        Plot.lines("growth-insert", "What an insert costs as the table grows (NORMAL)", "rows")
            .over(MICROS, ROWS)
            .ours("Tiercel", "growth-insert: Growth.insert[peer=TIERCEL,rows={}]")
            .peer("a bare connection", "growth-insert: Growth.insert[peer=BARE,rows={}]"));
  }

  static List<Promise> promises() {
    List<Promise> promises = new ArrayList<>();
    promises.add(
        Promise.ratio(
            "a task by id, uncached: times the statement held by hand",
            "point-read: PointRead.tiercel",
            "point-read: PointRead.handHeld",
            atMost(1.25, "×")));
    promises.add(
        Promise.ratio(
                "newest 50 of an agent, uncached: times the statement held by hand",
                "list-50: ListOf50.tiercel",
                "list-50: ListOf50.handHeld",
                atMost(1.25, "×"))
            .from(From.OURS));
    promises.add(
        Promise.plain(
                "the 100 most urgent pending of 1,000,000 rows",
                "find-pending: FindPending.tiercel",
                atMost(100, "µs"))
            .because("the way of 100 rows into Java takes longer here, by hand as well"));
    promises.add(
        Promise.ratio(
                "durable inserts of 16 threads: times HikariCP with autocommit",
                "insert: Insert.Threads16.add[peer=TIERCEL]",
                "insert: Insert.Threads16.add[peer=HIKARI]",
                atLeast(8, "×"))
            .because(
                "an `fsync` is quick here (150 to 550 µs) and the processor slow: the fewer rows an"
                    + " `fsync` is worth, the less there is to share"));
    promises.add(alone("FULL", "insert"));
    promises.add(alone("NORMAL", "insert-normal"));
    promises.add(
        Promise.ratio(
                "100,000 new tasks in one call: times one raw transaction",
                "save-all: SaveAll.tiercelSaveAll",
                "save-all: SaveAll.raw",
                atMost(1, "×"))
            .from(From.OURS)
            .because(
                "a transaction by hand answers nothing for a row, and copies no log into the file"
                    + " beside it"));
    promises.add(
        Promise.ratio(
                "a page at 300,000 rows: times one at 1,000 rows",
                "deep-page: DeepPage.tiercel[depth=300000]",
                "deep-page: DeepPage.tiercel[depth=1000]",
                atMost(FLAT, "×"))
            .from(From.OURS));
    promises.add(grown("a task by id", "growth: Growth.findById["));
    promises.add(grown("the 100 most urgent pending", "growth: Growth.findPending["));
    promises.add(grown("newest 50 of an agent", "growth: Growth.listOf50["));
    promises.add(grown("a page in the middle", "growth: Growth.pageInTheMiddle["));
    promises.add(grown("an insert, NORMAL", "growth-insert: Growth.insert[peer=TIERCEL,"));
    return promises;
  }

  private static Promise alone(String durability, String run) {
    return Promise.ratio(
            "inserts of one thread, %s: times a bare connection".formatted(durability),
            run + ": Insert.Threads01.add[peer=TIERCEL]",
            run + ": Insert.Threads01.add[peer=BARE]",
            atLeast(0.9, "×"))
        .from(From.OURS);
  }

  private static Promise grown(String what, String choice) {
    return Promise.ratio(
            what + " of 1,000,000 rows: times the same of 1,000",
            choice + "rows=1000000]",
            choice + "rows=1000]",
            atMost(FLAT, "×"))
        .from(From.OURS);
  }
}
