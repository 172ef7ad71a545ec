package dev.tiercel.tier;

import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.tier.SqliteCondition.Opening;
import dev.tiercel.tier.SqliteCondition.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A tier in a SQLite database of its own, for very many records that are not large. What was put
 * outlives the process at once, and a power loss in part.
 *
 * <p>It may be open once; a second opener is refused. When there is no more room, what has expired
 * goes first, then what is old and was not read lately. Whatever happens to the file, a look-up
 * gives back what was put, or nothing, or throws: a damaged file is replaced by an empty one while
 * the tier stays open, and what failed works again when its cause is gone.
 */
public final class SqliteTier implements CacheTier {
  private static final Logger logger = LoggerFactory.getLogger(SqliteTier.class);
  private static final int TURNS = 3;

  private final SqliteRoom room;
  private final SqliteFile file;
  private final SqliteReaders readers;
  private final SqliteAccess access; // Guarded by: writing
  private final SqliteRecency recency;
  private final SqliteHand hand;
  private final LongAdder evicted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Damage damaged;
  private final SqliteCondition condition = new SqliteCondition();
  private final ReentrantLock writing = new ReentrantLock();

  private volatile long entries; // Written under the lock, as the next.
  private volatile boolean closed;

  private SqliteTier(TierLock owner, SqliteFile file, SqliteRoom room, InstantSource clock) {
    this.file = file;
    this.room = room;
    damaged = new Damage(file.path());
    readers = new SqliteReaders(file, damaged);
    access = new SqliteAccess(owner, file, room, condition, readers);
    recency = new SqliteRecency(room.maxBytes());
    hand = new SqliteHand(recency, clock, evicted);
  }

  /**
   * Starts the description of a tier.
   *
   * @param file the file, such as {@code cache.db}; made if there is none, its folder must be
   *     there. It must not be the database of the tasks
   * @return a builder with the defaults set
   */
  public static SqliteTierBuilder builder(Path file) {
    return new SqliteTierBuilder(file);
  }

  static SqliteTier open(Path file, SqliteRoom room, InstantSource clock) {
    Path real;
    TierLock owner;
    try {
      real = SqliteFile.realPath(file);
      owner = TierLock.of(real.resolveSibling(real.getFileName() + "-owner"));
    } catch (IOException e) {
      throw SqliteFault.of(file, "opened", e);
    }
    SqliteTier tier = null;
    try {
      tier = new SqliteTier(owner, new SqliteFile(real, room), room, clock);
      tier.write("opened", tier.access::ready);
      return tier;
    } catch (Throwable e) {
      TierLock.giveUp(tier == null ? owner : tier, e);
      throw e;
    }
  }

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public @Nullable TierRecord get(String key) {
    EncodedKey encoded = EncodedKey.of(key);
    if (condition.now().state != State.SOUND && !mendIfNobodyElseDoes()) {
      return null;
    }
    Opening seen = condition.now();
    TierRecord found;
    try {
      found = readers.get(encoded, key);
    } catch (SQLException e) {
      requireLost(seen, e);
      mendIfNobodyElseDoes();
      return null;
    }
    if (found != null) {
      recency.wasRead(encoded.hash());
    }
    return found;
  }

  /* A reader waits for no writer. */
  private boolean mendIfNobodyElseDoes() {
    if (!writing.tryLock()) {
      return false;
    }
    try {
      write("opened", access::ready);
      return true;
    } finally {
      writing.unlock();
    }
  }

  /* What is lost is a miss, and so is what was in files that were replaced meanwhile; what only cannot
   * be read now is for the caller to know. */
  private void requireLost(Opening seen, SQLException e) {
    requireOpen();
    boolean there =
        Files.exists(file.path()); // First: it is made anew after the condition changed.
    boolean replaced = condition.now() != seen;
    failed(seen, e);
    if (there && !replaced && !file.isDamage(e)) {
      throw SqliteFault.of(file.path(), "read", e);
    }
  }

  private void failed(Opening seen, SQLException e) {
    if (file.isDamage(e)) {
      if (condition.changes(seen, State.DAMAGED)) {
        damaged.told();
        logger.warn("{} is damaged and begun anew, empty: {}", file.path(), e.getMessage());
      }
    } else if (seen.state == State.SOUND && !SqliteFault.isOfOneConnection(e)) {
      condition.changes(seen, State.DOUBTFUL);
    }
  }

  @Override
  public void put(List<TierRecord> records) {
    List<SqliteRow> rows = records.stream().map(SqliteRow::of).toList();
    refused.add(rows.stream().filter(row -> !room.isFitting(row)).count());
    if (!rows.isEmpty()) {
      write("written", () -> store(rows));
    }
  }

  private void store(List<SqliteRow> rows) throws SQLException, IOException {
    SqliteWriter ready = access.ready();
    for (int from = 0; from < rows.size(); ) {
      from = ready.put(rows, from, hand);
    }
  }

  @Override
  public void remove(List<TierRecord> records) {
    List<SqliteRow> rows = records.stream().map(SqliteRow::of).toList();
    for (int from = 0; from < rows.size(); from += room.deletedRows()) {
      List<SqliteRow> some = rows.subList(from, Math.min(rows.size(), from + room.deletedRows()));
      write("written", () -> access.ready().remove(some));
    }
  }

  @Override
  public long removeIf(Predicate<TierRecord> picked) {
    long removed = 0;
    long from = Long.MIN_VALUE;
    while (true) {
      List<SqliteReader.Walked> walked = walk(from);
      if (walked.isEmpty()) {
        break;
      }
      removed += remove(walked, picked);
      long last = walked.get(walked.size() - 1).at().hash();
      if (last == Long.MAX_VALUE) {
        break;
      }
      from = last + 1;
    }
    if (removed > 0) {
      shrink();
    }
    return removed;
  }

  /* Of the file that is there then: what could not be read is not left out. */
  private List<SqliteReader.Walked> walk(long from) {
    for (int turn = 1; ; turn++) {
      Opening seen = condition.now();
      try {
        return readers.walk(from);
      } catch (SQLException e) {
        requireLost(seen, e);
        if (turn == TURNS) {
          throw SqliteFault.of(file.path(), "read", e);
        }
        write("opened", access::ready);
      }
    }
  }

  /* The test is the user's; no lock is held while it runs. What is damaged goes with what it picks. */
  private int remove(List<SqliteReader.Walked> walked, Predicate<TierRecord> picked) {
    List<SqliteCandidate> sound = new ArrayList<>();
    List<SqliteCandidate> broken = new ArrayList<>();
    for (SqliteReader.Walked row : walked) {
      TierRecord record = row.record();
      if (record == null) {
        broken.add(row.at());
      } else if (picked.test(record)) {
        sound.add(row.at());
      }
    }
    delete(broken);
    return delete(sound);
  }

  private int delete(List<SqliteCandidate> rows) {
    int[] sum = new int[2];
    while (sum[0] < rows.size()) {
      List<SqliteCandidate> left = rows.subList(sum[0], rows.size());
      write(
          "written",
          () -> {
            SqliteWriter.Deleted deleted = access.ready().delete(left);
            sum[0] += deleted.done();
            sum[1] += deleted.gone();
          });
    }
    return sum[1];
  }

  private void shrink() {
    boolean[] more = {true};
    while (more[0]) {
      write(
          "written",
          () -> {
            SqliteWriter ready = access.ready();
            if (ready.entries() == 0) {
              access.reopen(true); // That is the same, and faster.
            }
            more[0] = ready.entries() > 0 && ready.shrink();
          });
    }
  }

  @Override
  public void clear() {
    write(
        "cleared",
        () -> {
          access.ready(); // A file that is no longer ours is not taken away.
          access.reopen(true);
        });
  }

  @Override
  public TierUse use() {
    try {
      return new TierUse(
          entries, file.bytes(), room.maxBytes(), evicted.sum(), refused.sum(), damaged.sum());
    } catch (IOException e) {
      throw SqliteFault.of(file.path(), "read", e);
    }
  }

  /** Something to be done under the lock. */
  private interface Write {
    void run() throws SQLException, IOException;
  }

  /** Does it; what damage prevented is tried once more in an empty file. */
  private void write(String doing, Write work) {
    writing.lock();
    try {
      requireOpen();
      try {
        attempt(work);
      } catch (SQLException e) {
        if (condition.now().state != State.DAMAGED) {
          throw e;
        }
        attempt(work);
      }
    } catch (SQLException | IOException | UncheckedIOException | SqliteException e) {
      throw SqliteFault.of(file.path(), doing, e);
    } finally {
      writing.unlock();
    }
  }

  private void attempt(Write work) throws SQLException, IOException {
    boolean done = false;
    try {
      work.run();
      done = true;
    } catch (SQLException e) {
      failed(condition.now(), e);
      throw e;
    } finally {
      SqliteWriter writer = access.writer();
      if (done && writer != null) {
        entries = writer.entries();
      } else {
        access.closeWriter();
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the tier " + file.path() + " is closed; open it again");
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        access.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
