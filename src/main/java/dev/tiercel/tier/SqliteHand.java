package dev.tiercel.tier;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Chooses which records of a {@link SqliteTier} have to go for lack of room. Used under the tier's
 * lock.
 */
final class SqliteHand {
  /* How many batches of nearly nothing make it less choosy. */
  private static final int PATIENCE = 8;
  private static final int FEW = 8;

  /*
   * What has expired goes first. Then a hand moves over the rows as they lie in the file, by their
   * hashes, and takes what is old and was not read since it came by last (SIEVE: Zhang et al., NSDI
   * 2024, and CLOCK before it). Old are those that were written before half of what is there now, so
   * nothing goes before half the tier was written after it.
   *
   * The strict order of a queue would need an index, and takes rows out of pages all over the file.
   * Such pages are left with holes and hardly ever become free: of a large tier a third would have to
   * go before there is room for anything. Neighbours leave free pages behind.
   */
  private final SqliteRecency recency;
  private final InstantSource clock;
  private final LongAdder evicted;

  // Mutable state.
  private long at = Long.MIN_VALUE;

  SqliteHand(SqliteRecency recency, InstantSource clock, LongAdder evicted) {
    this.recency = recency;
    this.clock = clock;
    this.evicted = evicted;
  }

  /** How far it goes. */
  private enum Choice {
    OLD_AND_UNREAD,
    OLD,
    ANY
  }

  /** Frees so many pages, unless they are there. */
  void makeRoom(SqliteWriter writer, SqliteRoom room, long pages) throws SQLException {
    if (writer.usedPages() + pages <= room.fullPages()) {
      return;
    }
    long enough = room.fullPages() - pages - room.sparePages();
    int barren = 0;
    while (writer.usedPages() > enough) {
      if (barren > 3 * PATIENCE) {
        throw SqliteFault.damage("there is no room, and nothing that could go");
      }
      Choice choice = Choice.values()[Math.min(barren / PATIENCE, 2)];
      boolean worthwhile = removeExpired(writer) || step(writer, choice, room, enough);
      barren = worthwhile ? 0 : barren + 1;
    }
  }

  private boolean removeExpired(SqliteWriter writer) throws SQLException {
    List<SqliteCandidate> expired = writer.expired(clock.millis());
    int from = 0;
    while (from < expired.size()) {
      from += remove(writer, expired.subList(from, expired.size()));
    }
    return !expired.isEmpty();
  }

  /** Moves on until there is enough room, or some rows; returns whether it was worth the while. */
  private boolean step(SqliteWriter writer, Choice choice, SqliteRoom room, long enough)
      throws SQLException {
    long old = writer.born() - writer.entries() / 2;
    List<SqliteCandidate> victims = new ArrayList<>();
    int passed = 0;
    int gone = 0;
    for (SqliteCandidate row : writer.walk(at)) {
      passed++;
      at = row.hash() + 1; // Behind the last it begins again.
      if (isVictim(row, choice, old)) {
        victims.add(row);
      }
      if (victims.size() == room.deletedRows()) {
        gone += evict(writer, victims);
        if (writer.usedPages() <= enough) {
          return true;
        }
      }
    }
    gone += evict(writer, victims);
    if (passed == 0) {
      at = Long.MIN_VALUE;
    }
    return gone * FEW >= passed && gone > 0;
  }

  private int evict(SqliteWriter writer, List<SqliteCandidate> victims) throws SQLException {
    int gone = 0;
    while (!victims.isEmpty()) {
      int some = remove(writer, victims);
      victims.subList(0, some).clear();
      gone += some;
    }
    evicted.add(gone);
    return gone;
  }

  private boolean isVictim(SqliteCandidate row, Choice choice, long old) {
    return switch (choice) {
      case OLD_AND_UNREAD -> row.born() <= old && !recency.takeRead(row.hash());
      case OLD -> row.born() <= old;
      case ANY -> true;
    };
  }

  /** Removes the first of some rows; returns how many. */
  private static int remove(SqliteWriter writer, List<SqliteCandidate> rows) throws SQLException {
    SqliteWriter.Deleted deleted = writer.delete(rows);
    if (deleted.gone() < deleted.done()) {
      throw SqliteFault.damage("a row was found that is not there");
    }
    return deleted.done();
  }
}
