package dev.tiercel.cache;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.Migration;
import dev.tiercel.sqlite.RowChange;
import dev.tiercel.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** A cache over the durable ledger, in front of the table whose commits that ledger joins. */
final class SqliteSubject extends TieredSubject {
  private static final Migration SCHEMA =
      new Migration(
          1, "CREATE TABLE datum (id INTEGER PRIMARY KEY, number INTEGER NOT NULL) STRICT;");

  private record Datum(int id, long number) {}

  private static final class NotThisTime extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private final SqliteDatabase database;

  private SqliteSubject(
      SqliteLedger ledger,
      SqliteDatabase database,
      int entries,
      UnaryOperator<TieredCacheBuilder> tiers) {
    super(ledger, entries, tiers);
    this.database = database;
    database.write(
        (session, changes) -> {
          for (int id = 0; id < OracleEntry.TAGGED; id++) {
            int datum = id;
            session.update("INSERT INTO datum VALUES (?, 0)", row -> row.setInt(1, datum));
          }
          return true;
        });
  }

  static SqliteSubject open(Path file) {
    return open(file, 10_000, with -> with);
  }

  static SqliteSubject open(Path file, int entries, UnaryOperator<TieredCacheBuilder> tiers) {
    SqliteLedger ledger = Ledger.durable(SqliteSubject::tagsOf);
    SqliteDatabase database =
        SqliteDatabase.builder(file)
            .migrations(List.of(SCHEMA))
            .durability(Durability.NORMAL)
            .readers(4)
            .journal(ledger.journal())
            .open();
    return new SqliteSubject(ledger, database, entries, tiers);
  }

  private static Collection<Tag> tagsOf(RowChange change) {
    return change.after() instanceof Datum datum ? List.of(OracleEntry.tag(datum.id())) : List.of();
  }

  /**
   * In one statement where the data lie side by side, otherwise the list would not hold together.
   */
  @Override
  List<Long> load(int[] data) {
    int first = data[0];
    int last = data[data.length - 1];
    return database.read(
        session ->
            session.list(
                "SELECT number FROM datum WHERE id BETWEEN ? AND ? ORDER BY id",
                row -> {
                  row.setInt(1, first);
                  row.setInt(2, last);
                },
                row -> row.getLong(1)));
  }

  @Override
  boolean change(int[] data, long[] numbers, Dice dice) {
    boolean rollsBack = dice.oneIn(32);
    try {
      database.write(
          (session, changes) -> {
            for (int i = 0; i < data.length; i++) {
              Datum after = new Datum(data[i], numbers[i]);
              session.update(
                  "UPDATE datum SET number = ? WHERE id = ?",
                  row -> {
                    row.setLong(1, after.number());
                    row.setInt(2, after.id());
                  });
              changes.add("datum", null, after);
            }
            dice.stumble();
            if (rollsBack) {
              throw new NotThisTime();
            }
            return true;
          });
      return true;
    } catch (NotThisTime e) {
      return false;
    }
  }

  @Override
  public void close() {
    super.close();
    database.close();
  }

  @Override
  public String toString() {
    return "cache over the SQLite ledger " + super.toString();
  }
}
