package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The database that a kill left behind: opened again, held against the ledger, and written to.
 *
 * @param file where it is
 * @param durability how it was and is opened
 * @param ledger what it must hold
 */
record KilledDatabase(Path file, Durability durability, KillLedger ledger) {
  private static final List<String> SUFFIXES = List.of("", "-wal", "-journal");

  /** No writer of the killed process has this number. */
  private static final int PROBE = KilledWriter.THREADS;

  /** Checks a copy, so that the next process finds the files as the kill left them. */
  void checkCopy(Path folder, int cycle) throws IOException, SQLException {
    Path copy = Files.createDirectory(folder).resolve(file.getFileName());
    for (String suffix : SUFFIXES) {
      Path from = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(from)) {
        Files.copy(from, copy.resolveSibling(from.getFileName()));
      }
    }
    new KilledDatabase(copy, durability, ledger).recover(cycle);
  }

  /** Checks the files themselves; the lease that it draws is drawn for ever. */
  void check(int cycle) throws SQLException {
    ledger.drawn(recover(cycle));
  }

  private long recover(int cycle) throws SQLException {
    try (SqliteTaskRepository tasks =
        KilledWriter.open(file, durability, KilledWriter.clock(cycle))) {
      ledger.check(KilledWriter.all(tasks));
      long lease = write(tasks, cycle);
      ledger.check(KilledWriter.all(tasks));
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
        assertAnswer(List.of("ok"), connection, "PRAGMA integrity_check");
        assertAnswer(List.of(), connection, "PRAGMA foreign_key_check");
      }
      return lease;
    }
  }

  private long write(SqliteTaskRepository tasks, int cycle) {
    Task added = tasks.add(RevisedTask.first(RevisedTask.id(PROBE, cycle, 0), 0));
    List<Task> claimed = tasks.claim("probe", 2, Duration.ofHours(1), RevisedTask.ownedBy(PROBE));
    assertEquals(List.of(added.id()), claimed.stream().map(Task::id).toList());
    long lease = claimed.get(0).lease();
    assertTrue(
        lease > ledger.highestLease(),
        () ->
            "a claim after the kill drew lease %d; expected more than %d, which was drawn before"
                .formatted(lease, ledger.highestLease()));
    Task done = tasks.complete(added.id(), lease);
    assertEquals(done, tasks.findById(added.id()).orElse(null));
    assertTrue(tasks.delete(added.id()), () -> "task " + added.id() + " was not there any more");
    return lease;
  }

  private static void assertAnswer(List<String> expected, Connection connection, String pragma)
      throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(pragma)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    assertEquals(expected, answers, pragma);
  }
}
