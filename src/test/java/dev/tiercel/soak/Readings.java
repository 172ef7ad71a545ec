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
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the gauges: those of the process, and those of the files in a folder. By one thread. */
final class Readings {
  private static final int QUIET_LOOKS = 4;
  private static final int OF_LATE = 24;

  private final Path folder;
  private final MeterRegistry meters;
  private final Complaints complaints;
  private final Deque<Double> logs = new ArrayDeque<>();
  private long forgotten;

  Readings(Path folder, MeterRegistry meters, Complaints complaints) {
    this.folder = folder;
    this.meters = meters;
    this.complaints = complaints;
  }

  /**
   * Reads all but the heap before it collects, if it shall: a collection closes descriptors and
   * frees buffers that were forgotten, and would hide them. Every meter is read once, as a scrape
   * does.
   */
  Map<Gauge, Double> atWork(boolean isToCollect) throws IOException, SQLException {
    meters.forEachMeter(meter -> meter.measure().forEach(one -> one.getValue()));
    Map<Gauge, Double> all = uncollected();
    logs.addLast(bytes(folder, name -> name.equals("tasks.db-wal")));
    if (logs.size() > OF_LATE) {
      logs.removeFirst();
    }
    all.put(Gauge.WAL, Collections.min(logs));
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("tasks.db"));
        Statement statement = connection.createStatement()) {
      all.put(Gauge.ROWS, count(statement, "tasks"));
      all.put(Gauge.LOG_ROWS, count(statement, "tiercel_log"));
    }
    if (isToCollect) {
      all.put(Gauge.HEAP, liveHeap());
    }
    return all;
  }

  /**
   * The same when all is closed. A descriptor that the collection closes was forgotten by somebody;
   * at work the collections that load brings are too many for it to be seen.
   */
  Map<Gauge, Double> closed() throws IOException, InterruptedException {
    settle();
    Map<Gauge, Double> all = uncollected();
    long open = descriptors();
    System.gc();
    settle();
    forgotten += Math.max(0, open - descriptors());
    all.put(Gauge.FORGOTTEN, (double) forgotten);
    all.put(Gauge.HEAP, liveHeap());
    return all;
  }

  private Map<Gauge, Double> uncollected() throws IOException {
    Map<Gauge, Double> all = new EnumMap<>(Gauge.class);
    all.put(Gauge.FILES_OPEN, (double) descriptors());
    MemorySnapshot memory = MemoryProfiler.system().snapshot();
    all.put(Gauge.DIRECT, (double) memory.direct().usedBytes());
    memory.rssBytes().ifPresent(bytes -> all.put(Gauge.RSS, (double) bytes));
    all.put(Gauge.THREADS, (double) threads());
    all.put(Gauge.METERS, (double) meters.getMeters().size());
    all.put(Gauge.TASKS, bytes(folder, name -> name.equals("tasks.db")));
    all.put(Gauge.CACHE, bytes(folder, name -> name.matches("cache\\.db(-wal)?")));
    Path segments = folder.resolve("cache");
    Path beside = folder.resolve("beside");
    all.put(Gauge.SEGMENTS, bytes(segments, name -> name.endsWith(".segment")));
    all.put(Gauge.BESIDE, bytes(beside, name -> true));
    all.put(Gauge.NAMES, others(segments) + others(beside));
    all.put(Gauge.FILES, names(folder, name -> true));
    return all;
  }

  private static double liveHeap() {
    System.gc();
    return MemoryProfiler.system().snapshot().heap().usedBytes();
  }

  /* Threads of the JDK and of pools end a moment after they were told to, as the JDK's cleaner
   * closes a moment after a collection. */
  private void settle() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int looks = 0; looks < QUIET_LOOKS; looks++) {
      long now = threads() + descriptors();
      if (now < least) {
        least = now;
        looks = 0;
      }
      complaints.await(250);
    }
  }

  /** How many descriptors are open; 0 where that cannot be told. */
  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  private static double others(Path folder) throws IOException {
    return names(folder, name -> !name.endsWith(".segment"));
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static double count(Statement statement, String table) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      return rows.getLong(1);
    }
  }

  private static double names(Path folder, Predicate<String> picked) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> picked.test(file.getFileName().toString())).count();
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
