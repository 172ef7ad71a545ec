package dev.tiercel.cache;

import dev.tiercel.sqlite.Binder;
import dev.tiercel.sqlite.Changes;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.Session;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteDatabaseBuilder;
import dev.tiercel.sqlite.WriteJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A database of items with owners and the ledger in it, for the tests of the durable ledger. */
final class LedgerDatabase implements AutoCloseable {
  static final Migration SCHEMA =
      new Migration(1, "CREATE TABLE item (id TEXT PRIMARY KEY, owner TEXT NOT NULL) STRICT;");

  record Item(String id, String owner) {
    Stream<Tag> tags() {
      return Stream.of(item(id), Tag.of("owner", owner));
    }
  }

  final Path file;
  final List<String> warnings = new CopyOnWriteArrayList<>();
  final ManualSchedule schedule = new ManualSchedule();
  final SqliteLedger ledger;
  SqliteDatabase database;
  long now; // The alarm's clock.

  private LedgerDatabase(Path file, long keptRows) {
    this.file = file;
    ledger =
        new SqliteLedger(
            LedgerDatabase::tagsOf, keptRows, () -> schedule, new Alarm(warnings::add, () -> now));
  }

  static LedgerDatabase open(Path file) {
    return closed(file, 100_000).opened();
  }

  static LedgerDatabase open(Path file, long keptRows) {
    return closed(file, keptRows).opened();
  }

  static LedgerDatabase closed(Path file, long keptRows) {
    return new LedgerDatabase(file, keptRows);
  }

  LedgerDatabase opened() {
    return opened(with -> with, ledger.journal());
  }

  LedgerDatabase opened(UnaryOperator<SqliteDatabaseBuilder> with, WriteJournal journal) {
    database =
        with.apply(
                SqliteDatabase.builder(file)
                    .migrations(List.of(SCHEMA))
                    .durability(Durability.NORMAL)
                    .readers(1)
                    .busyTimeout(Duration.ofSeconds(30)))
            .journal(journal)
            .open();
    return this;
  }

  static Tag item(String id) {
    return Tag.of("item", id);
  }

  private static Collection<Tag> tagsOf(RowChange change) {
    List<Tag> tags = new ArrayList<>();
    for (Record row : new Record[] {change.before(), change.after()}) {
      if (row instanceof Item item) {
        item.tags().forEach(tags::add);
      }
    }
    return tags;
  }

  static boolean insert(Session session, Changes changes, String id) throws SQLException {
    session.update("INSERT INTO item VALUES (?, 'nobody')", row -> row.setString(1, id));
    changes.add("item", null, new Item(id, "nobody"));
    return true;
  }

  /** Writes an item and returns the number of its commit. */
  long write(String id) {
    database.write((session, changes) -> insert(session, changes, id));
    return ledger.seq();
  }

  boolean isCurrent(long stamp, Tag... tags) {
    return LedgerContract.validate(ledger, stamp, "key", tags) >= 0;
  }

  /** The numbers in the log. */
  List<Long> rows() {
    return database.read(
        session ->
            session.list(
                "SELECT seq FROM tiercel_log ORDER BY seq", Binder.NONE, row -> row.getLong(1)));
  }

  List<String> items() {
    return database.read(
        session ->
            session.list("SELECT id FROM item ORDER BY id", Binder.NONE, row -> row.getString(1)));
  }

  /** Does what another program does that opens the file. */
  static void elsewhere(Path file, String... statements) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout=30000");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Does that without leaving a trace that is seen at the next open. */
  static void unseen(Path file, String... statements) throws SQLException, IOException {
    FileTime time = Files.getLastModifiedTime(file);
    elsewhere(file, statements);
    Files.setLastModifiedTime(file, time);
  }

  @Override
  public void close() {
    database.close();
  }
}
