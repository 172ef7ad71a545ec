package dev.tiercel.benchmarks;

import com.github.kagkarlsson.scheduler.TaskRepository;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tiercel.Tiercel;
import dev.tiercel.benchmarks.scorecard.NaiveRepository;
import dev.tiercel.benchmarks.scorecard.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The databases that are only read, each with a team's tasks, and who reads them. */
public class Rows {
  private Rows() {}

  /** A database of Tiercel's making. */
  @State(Scope.Benchmark)
  public static class InTiercel {
    @Param("100000")
    public int rows;

    Path file;
    Sample sample;

    @Setup(Level.Trial)
    public void find() throws IOException, SQLException {
      file = Shelf.file(Table.TIERCEL, Content.TEAM, rows);
      sample = Sample.of(file, Math.max(100_000, rows / 2));
    }

    final Path in(Table table) throws IOException, SQLException {
      return Shelf.file(table, Content.TEAM, rows);
    }
  }

  /** The library. */
  @State(Scope.Benchmark)
  public static class Library {
    Tiercel tiercel;

    @Setup(Level.Trial)
    public void open(InTiercel rows) {
      tiercel = Tiercel.builder(rows.file).uncached().build();
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
      pool = pool(rows.file);
    }

    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  /** Jdbi over that pool. */
  @State(Scope.Benchmark)
  public static class OverJdbi {
    Jdbi jdbi;

    @Setup(Level.Trial)
    public void open(Hikari hikari) {
      jdbi = Jdbi.create(hikari.pool);
    }
  }

  /** db-scheduler over such a pool, on its own table. */
  @State(Scope.Benchmark)
  public static class InDbScheduler {
    private HikariDataSource pool;
    TaskRepository repository;

    @Setup(Level.Trial)
    public void open(InTiercel rows) throws IOException, SQLException {
      pool = pool(rows.in(Table.DB_SCHEDULER));
      repository = DbScheduler.on(pool);
    }

    @TearDown(Level.Trial)
    public void close() {
      pool.close();
    }
  }

  private static HikariDataSource pool(Path file) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(Raw.url(file));
    config.setDataSourceProperties(Raw.settings());
    config.setConnectionInitSql(Raw.QUERY_ONLY);
    config.setMaximumPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()));
    return new HikariDataSource(config);
  }

  /** The legacy table and the repository that opens a connection for every call. */
  @State(Scope.Benchmark)
  public static class Naive {
    NaiveRepository repository;

    @Setup(Level.Trial)
    public void open(InTiercel rows) throws IOException, SQLException {
      repository = new NaiveRepository(rows.in(Table.LEGACY));
    }
  }

  /**
   * Somebody else who has Tiercel's file open, so that the last connection that is closed need not
   * do away with the write-ahead log at every call.
   */
  @State(Scope.Benchmark)
  public static class Bystander {
    private Connection connection;

    @Setup(Level.Trial)
    public void open(InTiercel rows) throws SQLException {
      connection = Raw.open(rows.file);
    }

    @TearDown(Level.Trial)
    public void close() throws SQLException {
      connection.close();
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
