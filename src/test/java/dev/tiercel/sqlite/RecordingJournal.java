package dev.tiercel.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told; what it does before a commit can be set. */
final class RecordingJournal implements WriteJournal {
  interface Step {
    void run(Connection connection) throws SQLException;
  }

  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<List<RowChange>> changes = new CopyOnWriteArrayList<>();
  volatile Step step = connection -> {};
  volatile Runnable outcome = () -> {};

  long commits() {
    return calls.stream().filter("before"::equals).count();
  }

  @Override
  public void beforeCommit(Connection connection, List<RowChange> rows) throws SQLException {
    calls.add("before");
    changes.add(rows);
    step.run(connection);
  }

  @Override
  public void committed() {
    calls.add("committed");
    outcome.run();
  }

  @Override
  public void rolledBack() {
    calls.add("rolledBack");
    outcome.run();
  }

  @Override
  public void unknown() {
    calls.add("unknown");
    outcome.run();
  }
}
