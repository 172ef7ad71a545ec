package dev.tiercel.cache;

import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.WriteJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Passes on what a journal hears, and meddles with the transaction behind its back. */
final class StepJournal implements WriteJournal {
  private final WriteJournal journal;
  volatile String before = "";
  volatile String after = "";

  /** What happens when the tags are marked and the commit has not begun. */
  volatile Runnable inBetween = () -> {};

  StepJournal(WriteJournal journal) {
    this.journal = journal;
  }

  @Override
  public void opened(SqliteDatabase database) {
    journal.opened(database);
  }

  @Override
  public void closing() {
    journal.closing();
  }

  @Override
  public void closed() {
    journal.closed();
  }

  @Override
  public void beforeCommit(Connection connection, List<RowChange> changes) throws SQLException {
    execute(connection, before);
    journal.beforeCommit(connection, changes);
    inBetween.run();
    execute(connection, after);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    if (!sql.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  @Override
  public void committed() {
    journal.committed();
  }

  @Override
  public void rolledBack() {
    journal.rolledBack();
  }

  @Override
  public void unknown() {
    journal.unknown();
  }
}
