package dev.tiercel.sqlite;

import dev.tiercel.faults.Fault;
import dev.tiercel.faults.FaultSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The other JVM of a {@link FaultyChild}: writes while calls of the operating system fail, and says
 * what every writer was told. A line on its input is a command; its answer ends with "end".
 */
final class FaultyProcess {
  /** What one command writes. */
  enum Shape {
    /** Many small pieces that share a commit, and one that fails by itself. */
    GROUP(6, 3, 200),
    /** Pieces that are larger than the page cache, so that it spills into the log half-way. */
    SPILL(2, 3, 24_000),
    /** User code, in a transaction of its own. */
    ALONE(1, 3, 200);

    final int writers;
    final int parts;
    final int size;

    Shape(int writers, int parts, int size) {
      this.writers = writers;
      this.parts = parts;
      this.size = size;
    }
  }

  private final RecordingJournal journal = new RecordingJournal();
  private final FaultSwitch faults;
  private final SqliteDatabase database;
  private final PrintStream out;

  private FaultyProcess(Path file, Path control, PrintStream out) throws IOException {
    this.out = out;
    faults = new FaultSwitch(control);
    database =
        SqliteDatabase.builder(file)
            .migrations(List.of(BatchTable.SCHEMA))
            .readers(1)
            .cacheBytes(64 << 10)
            .walBytes(1 << 20)
            .busyTimeout(Duration.ofMinutes(1))
            .journal(journal)
            .open();
  }

  public static void main(String[] arguments) throws Exception {
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var process = new FaultyProcess(Path.of(arguments[0]), Path.of(arguments[1]), out);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      process.obey(line.split(" ", -1));
      out.println("end");
      out.flush();
    }
  }

  private void obey(String[] words) throws Exception {
    switch (words[0]) {
      case "write" ->
          write(Long.parseLong(words[1]), Shape.valueOf(words[2]), Fault.parse(words[3]));
      case "settle" -> settle(Long.parseLong(words[1]), Long.parseLong(words[2]));
      case "checkpoint" -> checkpoint(Long.parseLong(words[1]), Fault.parse(words[2]));
      case "backup" -> tell(Fault.parse(words[2]), () -> database.backup(Path.of(words[1])));
      case "close" -> tell(Fault.parse(words[1]), database::close);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /* The fault stays armed: whatever is read meanwhile is read beside it. */
  private void write(long batch, Shape shape, Fault fault) throws Exception {
    journal.calls.clear();
    Map<Long, QueuedWriter<Long>> writers = new LinkedHashMap<>();
    try (var holder = new NumberTable.Holder(database)) {
      for (int i = 0; i < shape.writers; i++) {
        long own = batch + i;
        boolean single = i % 2 == 1;
        writers.put(own, QueuedWriter.queue(() -> insert(own, shape, single)));
      }
      if (shape == Shape.GROUP) {
        long own = batch + shape.writers;
        writers.put(own, QueuedWriter.queue(() -> insertTwice(own, shape)));
      }
      faults.arm(fault);
      holder.letGo();
    }
    for (Map.Entry<Long, QueuedWriter<Long>> writer : writers.entrySet()) {
      out.println("outcome " + writer.getKey() + " " + outcome(writer.getValue()));
    }
    out.println("failed " + faults.failed());
    report();
  }

  private long insert(long batch, Shape shape, boolean single) {
    if (shape == Shape.ALONE) {
      database.alone((session, changes) -> insert(session, changes, batch, shape));
    } else if (single) {
      database.writeSingle(
          (session, changes) -> {
            BatchTable.insertAtOnce(session, changes, batch, shape.parts, shape.size);
            return batch;
          });
    } else {
      database.write((session, changes) -> insert(session, changes, batch, shape));
    }
    return batch;
  }

  private static long insert(Session session, Changes changes, long batch, Shape shape)
      throws SQLException {
    BatchTable.insert(session, changes, batch, shape.parts, shape.size);
    return batch;
  }

  private long insertTwice(long batch, Shape shape) {
    return database
        .write(
            (session, changes) -> {
              insert(session, changes, batch, shape);
              return insert(session, changes, batch, shape);
            })
        .value();
  }

  private static String outcome(QueuedWriter<Long> writer) throws Exception {
    try {
      writer.get();
      return "OK";
    } catch (AssertionError e) {
      return e.getCause() instanceof SqliteException refused
          ? refused.kind().name()
          : String.valueOf(e.getCause());
    }
  }

  /* The disk is well again: the same process goes on. What is older may go. */
  private void settle(long batch, long oldest) {
    faults.disarm();
    journal.calls.clear();
    insert(batch, Shape.GROUP, false);
    database.write((session, changes) -> BatchTable.deleteBelow(session, oldest));
    out.println("outcome " + batch + " OK");
    report();
  }

  /* The checkpoint comes by itself, some time after the write. */
  private void checkpoint(long batch, Fault fault) {
    faults.arm(fault);
    insert(batch, Shape.GROUP, true);
    out.println("outcome " + batch + " OK");
    while (faults.failed() == 0 && faults.synced() == 0) {
      Thread.onSpinWait();
    }
    out.println("failed " + faults.failed());
    report();
  }

  private void tell(Fault fault, Runnable call) {
    faults.arm(fault);
    String told = "OK";
    try {
      call.run();
    } catch (RuntimeException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      told = e + " " + List.of(cause.getSuppressed());
    }
    out.println("failed " + faults.failed());
    out.println("told " + told.replaceAll("\\s+", " "));
  }

  private void report() {
    BatchTable.batches(database).forEach((id, whole) -> out.println("stored " + id + " " + whole));
    out.println("borrowed " + database.borrowedConnections());
    List<String> calls = new ArrayList<>(journal.calls);
    out.println("journal " + String.join(",", calls));
  }
}
