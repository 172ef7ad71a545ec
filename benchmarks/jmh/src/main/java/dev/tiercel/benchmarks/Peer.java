package dev.tiercel.benchmarks;

import dev.tiercel.sqlite.Durability;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Who writes. All of them write with the same {@code synchronous} level and wait a minute for a
 * lock (Tiercel its ten seconds, the default); those on a write-ahead log have a page cache of 16
 * MiB.
 */
public enum Peer {
  /** Tiercel. */
  TIERCEL(Table.TIERCEL, (file, durability) -> new TiercelWriter(file, durability, false)),

  /** Tiercel with a durable ledger: one more row in every commit, for the caches. */
  TIERCEL_JOURNALED(Table.TIERCEL, (file, durability) -> new TiercelWriter(file, durability, true)),

  /** One connection with kept statements behind a lock, on Tiercel's table. */
  BARE(Table.TIERCEL, BareWriter::new),

  /** A HikariCP pool of ten connections in autocommit on Tiercel's table, a prepare per call. */
  HIKARI(Table.TIERCEL, HikariWriter::new),

  /** Jdbi over such a pool. */
  JDBI(Table.TIERCEL, JdbiWriter::new),

  /** db-scheduler over such a pool, on its own table. */
  DB_SCHEDULER(Table.DB_SCHEDULER, DbSchedulerWriter::new),

  /** A connection per call on the legacy table with its rollback journal. */
  NAIVE(Table.LEGACY, NaiveWriter::new);

  private interface Opening {
    Writer on(Path file, Durability durability) throws SQLException;
  }

  private final Table table;
  private final Opening opening;

  Peer(Table table, Opening opening) {
    this.table = table;
    this.opening = opening;
  }

  Table table() {
    return table;
  }

  Writer open(Path file, Durability durability) throws SQLException {
    return opening.on(file, durability);
  }
}
