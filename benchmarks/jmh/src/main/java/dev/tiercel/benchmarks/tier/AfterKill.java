package dev.tiercel.benchmarks.tier;

import dev.tiercel.benchmarks.scorecard.Workplace;
import dev.tiercel.tier.TierRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much of what was acknowledged is there after the process was killed, for each store: a JVM of
 * its own puts entries and says so, and goes on until it is killed at a word.
 *
 * <pre>
 * mvn -f benchmarks -Djmh.main=dev.tiercel.benchmarks.tier.AfterKill -Djmh.args=20000
 * </pre>
 */
public final class AfterKill {
  static final int BATCH = 100;
  static final int BYTES = 200;

  private static final long MAX_BYTES = 1L << 30;

  private final Workplace workplace;
  private final int enough;

  private AfterKill(Workplace workplace, int enough) {
    this.workplace = workplace;
    this.enough = enough;
  }

  /** A store, and whether it is asked to keep what it says it has. */
  private record Way(StorePeer peer, boolean keeping, String remark) {}

  private static final List<Way> WAYS =
      List.of(
          new Way(StorePeer.SQLITE, true, ""),
          new Way(StorePeer.FILES, true, ""),
          new Way(StorePeer.EHCACHE, true, "knows no way to keep them but to be closed"),
          new Way(StorePeer.MAPDB, true, "with transactions, a commit per batch"),
          new Way(StorePeer.MAPDB, false, "as it comes"),
          new Way(StorePeer.MVSTORE, true, "a commit per batch"),
          new Way(StorePeer.MVSTORE, false, "as it comes: commits once a second"),
          new Way(StorePeer.ROCKSDB, true, ""));

  /**
   * Prints the table.
   *
   * @param args how many entries are acknowledged before the kill
   * @throws Exception if a JVM cannot be started or speaks out of turn
   */
  public static void main(String[] args) throws Exception {
    int enough = Integer.parseInt(args[0]);
    System.out.printf("%-9s %12s %9s %7s  %s%n", "", "acknowledged", "readable", "wrong", "");
    try (Workplace workplace = new Workplace()) {
      for (Way way : WAYS) {
        new AfterKill(workplace, enough).run(way);
      }
    }
  }

  /** The value that a key has in all stores. */
  static TierRecord record(int number) {
    byte[] bytes = new byte[BYTES];
    Arrays.fill(bytes, (byte) number);
    return new TierRecord(Row.key(number), number, Long.MAX_VALUE, bytes);
  }

  static ByteStore open(StorePeer peer, boolean keeping, Path folder) throws Exception {
    return StorePeer.in(folder, peer, MAX_BYTES, keeping);
  }

  private void run(Way way) throws Exception {
    Path folder = workplace.file(way.peer + "-" + way.keeping);
    int acknowledged = putUntilKilled(way, folder);
    int readable = 0;
    int wrong = 0;
    String remark = way.remark;
    try (ByteStore store = open(way.peer, way.keeping, folder)) {
      for (int i = 0; i < acknowledged; i++) {
        byte[] bytes = store.get(Row.key(i));
        readable += bytes != null && Arrays.equals(bytes, record(i).bytes()) ? 1 : 0;
        wrong += bytes != null && !Arrays.equals(bytes, record(i).bytes()) ? 1 : 0;
      }
    } catch (Exception e) {
      remark = (remark + "; " + e).lines().findFirst().orElseThrow();
    }
    System.out.printf(
        "%-9s %,12d %,9d %,7d  %s%n", way.peer, acknowledged, readable, wrong, remark);
  }

  /** How many entries the other one said it has put, up to the last word. */
  private int putUntilKilled(Way way, Path folder) throws Exception {
    Process process = start(way, folder);
    try (BufferedReader words =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int acknowledged = 0;
      for (String word = words.readLine(); word != null; word = words.readLine()) {
        acknowledged = Integer.parseInt(word);
        if (acknowledged >= enough) {
          process.toHandle().destroyForcibly();
        }
      }
      if (acknowledged < enough) {
        throw new IllegalStateException(way + " ended after " + acknowledged);
      }
      process.waitFor();
      return acknowledged;
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  private Process start(Way way, Path folder) throws IOException {
    Path libraries = Files.createDirectories(workplace.file("libraries"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Who is killed leaves the drivers' libraries behind.
    command.add("-Dorg.sqlite.tmpdir=" + libraries);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(AfterKillChild.class.getName());
    command.add(way.peer.name());
    command.add(Boolean.toString(way.keeping));
    command.add(folder.toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ROCKSDB_SHAREDLIB_DIR", libraries.toString());
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
