package dev.tiercel.benchmarks;

import dev.tiercel.benchmarks.scorecard.GeneratedTasks;
import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * 100,000 new tasks in one call, beside one transaction by hand into the same empty table.
 *
 * <p>SQLite's automatic checkpoint would be part of a hand-held commit, and Tiercel makes its own
 * beside the writer; so {@code raw} goes without, the harder peer, and {@code rawCheckpointed} is
 * what a plain program pays.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class SaveAll {

  /** A batch, and for every call an empty database that holds all of it afterwards. */
  @State(Scope.Benchmark)
  public static class Batch {
    @Param("100000")
    public int batch;

    @Param("FULL")
    public Durability durability;

    private List<Task> tasks;
    private Workplace workplace;
    private Path file;

    @Setup(Level.Trial)
    public void generate() {
      tasks = GeneratedTasks.stream(batch).toList();
    }

    @Setup(Level.Invocation)
    public void create() throws IOException, SQLException {
      workplace = new Workplace();
      file = workplace.file("batch.db");
      Table.TIERCEL.create(file);
    }

    @TearDown(Level.Invocation)
    public void check() throws SQLException {
      try (Workplace done = workplace) {
        Table.TIERCEL.requireRows(done.file("batch.db"), batch);
      }
    }
  }

  /** Tiercel, opened outside the measured time. */
  @State(Scope.Benchmark)
  public abstract static class Library {
    private final Peer peer;
    private TiercelWriter writer;

    Library(Peer peer) {
      this.peer = peer;
    }

    @Setup(Level.Invocation)
    public void open(Batch batch) throws SQLException {
      writer = (TiercelWriter) peer.open(batch.file, batch.durability);
    }

    @TearDown(Level.Invocation)
    public void close() {
      writer.close();
    }
  }

  /** Without a journal. */
  public static class Plain extends Library {
    public Plain() {
      super(Peer.TIERCEL);
    }
  }

  /** With a row in the journal. */
  public static class Journaled extends Library {
    public Journaled() {
      super(Peer.TIERCEL_JOURNALED);
    }
  }

  /** A connection and an insert, prepared outside the measured time. */
  @State(Scope.Benchmark)
  public static class Hand {
    private Connection connection;
    private PreparedStatement insert;

    @Setup(Level.Invocation)
    public void open(Batch batch) throws SQLException {
      connection =
          DriverManager.getConnection(Raw.url(batch.file), Raw.settingsToWrite(batch.durability));
      insert = connection.prepareStatement(Raw.INSERT);
      connection.setAutoCommit(false);
    }

    @TearDown(Level.Invocation)
    public void close() throws SQLException {
      connection.close();
    }

    private void pragma(String pragma) throws SQLException {
      connection.setAutoCommit(true);
      try (Statement statement = connection.createStatement()) {
        statement.execute(pragma);
      }
      connection.setAutoCommit(false);
    }

    private void insert(List<Task> tasks) throws SQLException {
      for (Task task : tasks) {
        Raw.bind(insert, task);
        insert.executeUpdate();
      }
      connection.commit();
    }
  }

  @Benchmark
  public int tiercelSaveAll(Batch batch, Plain plain) {
    return saveAll(batch, plain);
  }

  @Benchmark
  public int tiercelSaveAllJournaled(Batch batch, Journaled journaled) {
    return saveAll(batch, journaled);
  }

  @Benchmark
  public int tiercelAddAll(Batch batch, Plain plain) {
    return repository(plain).addAll(batch.tasks).orThrow().size();
  }

  @Benchmark
  public void raw(Batch batch, Hand hand) throws SQLException {
    hand.pragma("PRAGMA wal_autocheckpoint=0");
    hand.insert(batch.tasks);
  }

  @Benchmark
  public void rawCheckpointed(Batch batch, Hand hand) throws SQLException {
    hand.insert(batch.tasks);
  }

  private static TaskRepository repository(Library library) {
    return library.writer.tasks();
  }

  private static int saveAll(Batch batch, Library library) {
    return repository(library).saveAll(batch.tasks).orThrow().size();
  }
}
