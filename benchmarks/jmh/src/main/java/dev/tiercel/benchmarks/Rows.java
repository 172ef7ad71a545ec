package dev.tiercel.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.benchmarks.scorecard.LegacyTable;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import dev.tiercel.benchmarks.scorecard.Sample;
import dev.tiercel.benchmarks.scorecard.Workplace;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The databases of the benchmarks: 100,000 tasks, made anew for every fork that needs them. */
public class Rows {
  private static final int COUNT = 100_000;

  private Rows() {}

  /** A database of Tiercel's making, which it keeps open in no state but its own. */
  @State(Scope.Benchmark)
  public static class InTiercel {
    Workplace workplace;
    Path file;
    Sample sample;

    @Setup(Level.Trial)
    public void make() throws IOException, SQLException {
      workplace = new Workplace();
      file = workplace.file("tiercel.db");
      GeneratedTasks.writeTiercel(file, COUNT);
      sample = Sample.of(file);
    }

    @TearDown(Level.Trial)
    public void delete() {
      workplace.close();
    }
  }

  /** The library. */
  @State(Scope.Benchmark)
  public static class Library {
    Tiercel tiercel;

    @Setup(Level.Trial)
    public void open(InTiercel rows) {
      tiercel = Tiercel.open(rows.file);
    }

    @TearDown(Level.Trial)
    public void close() {
      tiercel.close();
    }
  }

  /** A pool of as many connections as Tiercel has readers, set up like them. */
  @State(Scope.Benchmark)
  public static class Hikari {
    HikariDataSource pool;

    @Setup(Level.Trial)
    public void open(InTiercel rows) {
      HikariConfig config = new HikariConfig();
      config.setJdbcUrl(Raw.url(rows.file));
      config.setDataSourceProperties(Raw.settings());
      config.setConnectionInitSql(Raw.QUERY_ONLY);
      config.setMaximumPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
      pool = new HikariDataSource(config);
    }

    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  /** The same table with one plain index for an agent's tasks instead of Tiercel's two arms. */
  @State(Scope.Benchmark)
  public static class FullIndex {
    Path file;

    @Setup(Level.Trial)
    public void make(InTiercel rows) throws SQLException {
      file = rows.workplace.file("full-index.db");
      try (Connection connection = DriverManager.getConnection(Raw.url(file));
          Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode=WAL");
        statement.execute(
            """
            CREATE TABLE tasks (id TEXT NOT NULL PRIMARY KEY, title TEXT NOT NULL,
              description TEXT, assigned_agent_id TEXT, created_at INTEGER NOT NULL,
              assigned_at INTEGER, completed_at INTEGER, priority INTEGER NOT NULL,
              updated_at INTEGER NOT NULL, version INTEGER NOT NULL, lease INTEGER NOT NULL,
              lease_expires_at INTEGER) STRICT""");
        statement.execute("ATTACH '" + rows.file.toString().replace("'", "''") + "' AS source");
        statement.execute(
            "INSERT INTO main.tasks SELECT " + Raw.COLUMNS + " FROM source.tasks ORDER BY rowid");
        statement.execute("DETACH source");
        statement.execute(
            "CREATE INDEX tasks_agent ON tasks (assigned_agent_id, created_at DESC, id DESC)");
        statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      }
    }
  }

  /** The legacy table and the repository that opens a connection for every call. */
  @State(Scope.Benchmark)
  public static class Naive {
    private Workplace workplace;
    NaiveRepository repository;
    Sample sample;

    @Setup(Level.Trial)
    public void make() throws IOException, SQLException {
      workplace = new Workplace();
      Path file = workplace.file("naive.db");
      LegacyTable.write(file, GeneratedTasks.stream(COUNT));
      sample = Sample.of(file);
      repository = new NaiveRepository(file);
    }

    @TearDown(Level.Trial)
    public void delete() {
      workplace.close();
    }
  }

  /** Where a thread is in the random but fixed sequence of what it asks for. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    String id(Sample sample) {
      return sample.ids().get((next++ & Integer.MAX_VALUE) % sample.ids().size());
    }

    String agent(Sample sample) {
      return sample.agents().get((next++ & Integer.MAX_VALUE) % sample.agents().size());
    }
  }
}
