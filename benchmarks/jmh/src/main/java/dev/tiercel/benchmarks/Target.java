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

  Writer writer() {
    return writer;
  }

  /** Notes that so many tasks were written. */
  void wrote(int tasks) {
    written.add(tasks);
  }

  /** Fails unless the table has grown by what was noted. */
  void checkAdded() throws SQLException {
    table.requireRows(file, rows + written.sum());
  }

  /** Gives back what was claimed, and fails unless that is as much as was noted. */
  void giveBack() throws SQLException {
    long noted = written.sumThenReset();
    long claimed = table.giveBack(file);
    if (claimed != noted) {
      throw new IllegalStateException(noted + " tasks were handed out, but " + claimed + " taken");
    }
  }

  @Override
  public void close() throws SQLException {
    try (workplace) {
      writer.close();
    }
  }
}
