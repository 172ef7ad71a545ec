package dev.tiercel.benchmarks;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.sqlite.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;

/** A copy of kept rows that somebody writes into; in the end it must hold what was written. */
final class Target implements AutoCloseable {
  private final Table table;
  private final int rows;
  private final LongAdder written = new LongAdder();
  private final Workplace workplace = new Workplace();
  private final Path file = workplace.file("copy.db");
  private final Writer writer;

  Target(Peer peer, Durability durability, Content content, int rows)
      throws IOException, SQLException {
    this.table = peer.table();
    this.rows = rows;
    Shelf.copy(table, content, rows, file);
    writer = peer.open(file, durability);
  }

  Path file() {
    return file;
  }

  Writer writer() {
    return writer;
  }

  /** Notes that so many tasks were written. */
  void wrote(int tasks) {
    written.add(tasks);
  }

  /** Fails if as many rows were not added as were noted. */
  void checkAdded() throws SQLException {
    long added = table.count(file, "") - rows;
    if (added != written.sum()) {
      throw new IllegalStateException("added " + written.sum() + ", found " + added);
    }
  }

  /** Fails if as many rows were not claimed as were noted; then gives them back. */
  void giveBack() throws SQLException {
    long claimed = table.giveBack(file);
    if (claimed != written.sumThenReset()) {
      throw new IllegalStateException("found " + claimed + " claimed, but other than that noted");
    }
  }

  @Override
  public void close() throws SQLException {
    try (workplace) {
      writer.close();
    }
  }
}
