package dev.tiercel.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.memory.MemorySnapshot;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the gauges: those of the process, and those of the files in a folder. */
final class Readings {
  private final Path folder;
  private final MeterRegistry meters;

  Readings(Path folder, MeterRegistry meters) {
    this.folder = folder;
    this.meters = meters;
  }

  /** What can be told whether the stack is open or not, after a collection. */
  Map<Gauge, Double> always() throws IOException {
    System.gc();
    MemorySnapshot memory = MemoryProfiler.system().snapshot();
    Map<Gauge, Double> all = new EnumMap<>(Gauge.class);
    all.put(Gauge.HEAP, (double) memory.heap().usedBytes());
    all.put(Gauge.DIRECT, (double) memory.direct().usedBytes());
    memory.rssBytes().ifPresent(bytes -> all.put(Gauge.RSS, (double) bytes));
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
      all.put(Gauge.FILES_OPEN, (double) unix.getOpenFileDescriptorCount());
    }
    all.put(Gauge.THREADS, (double) threads());
    all.put(Gauge.METERS, (double) meters.getMeters().size());
    all.put(Gauge.TASKS, bytes(folder, name -> name.equals("tasks.db")));
    all.put(Gauge.CACHE, bytes(folder, name -> name.matches("cache\\.db(-wal)?")));
    all.put(Gauge.SEGMENTS, bytes(folder.resolve("cache"), name -> name.endsWith(".segment")));
    all.put(Gauge.FILES, (double) names(folder));
    return all;
  }

  /** What can be told while it is open too; every meter is read once, as a scrape does. */
  Map<Gauge, Double> atWork() throws IOException, SQLException {
    meters.forEachMeter(meter -> meter.measure().forEach(one -> one.getValue()));
    Map<Gauge, Double> all = always();
    all.put(Gauge.WAL, bytes(folder, name -> name.equals("tasks.db-wal")));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tasks.db"));
        Statement statement = connection.createStatement()) {
      all.put(Gauge.ROWS, count(statement, "tasks"));
      all.put(Gauge.LOG_ROWS, count(statement, "tiercel_log"));
    }
    return all;
  }

  static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static double count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getLong(1);
    }
  }

  private static long names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  private static double bytes(Path folder, Predicate<String> picked) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> picked.test(file.getFileName().toString()))
          .mapToLong(Readings::size)
          .sum();
    }
  }

  /* It may be deleted in this very moment. */
  private static long size(Path file) {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (java.nio.file.NoSuchFileException e) {
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
