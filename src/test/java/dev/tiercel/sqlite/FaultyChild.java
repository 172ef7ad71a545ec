package dev.tiercel.sqlite;

import dev.tiercel.faults.Fault;
import dev.tiercel.faults.FaultSwitch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A {@link FaultyProcess} with {@code faults.c} before its C library, and what it says. */
final class FaultyChild implements AutoCloseable {
  /**
   * What a command did.
   *
   * @param outcomes what each batch's writer was told: OK, a {@link SqliteException.Kind}, or more
   * @param stored the batches that the child reads, and whether each is whole
   * @param journal what the journal was told
   * @param failed how many calls were made to fail
   * @param borrowed how many connections are lent out
   * @param told what a backup or closing told: OK, or what was thrown and is suppressed below
   */
  record Answer(
      Map<Long, String> outcomes,
      Map<Long, Boolean> stored,
      List<String> journal,
      int failed,
      int borrowed,
      String told) {}

  private final Path folder;
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  private FaultyChild(Path folder, Process process) {
    this.folder = folder;
    this.process = process;
    commands = new PrintWriter(process.getOutputStream(), false, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static FaultyChild start(Path shim, Path folder) throws IOException {
    Path control = FaultSwitch.create(folder.resolve("faults"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dorg.sqlite.tmpdir=" + folder));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FaultyProcess.class.getName(),
            database(folder).toString(),
            control.toString()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors(folder).toFile());
    builder.environment().put("LD_PRELOAD", shim.toString());
    builder.environment().put("TIERCEL_FAULTS", control.toString());
    return new FaultyChild(folder, builder.start());
  }

  private static Path database(Path folder) {
    return folder.resolve("f.db");
  }

  private static Path errors(Path folder) {
    return folder.resolve("errors");
  }

  /** Several writers at once, the fault armed when all of them wait in the queue. */
  Answer write(long batch, FaultyProcess.Shape shape, Fault fault) throws IOException {
    return ask("write " + batch + " " + shape + " " + fault.text());
  }

  /** Disarms, writes a batch, deletes those before the oldest but number 0, and reads. */
  Answer settle(long batch, long oldest) throws IOException {
    return ask("settle " + batch + " " + oldest);
  }

  /** Writes a batch and waits until a checkpoint went well or failed. */
  Answer checkpoint(long batch, Fault fault) throws IOException {
    return ask("checkpoint " + batch + " " + fault.text());
  }

  /** Makes a backup. */
  Answer backup(Path target, Fault fault) throws IOException {
    return ask("backup " + target + " " + fault.text());
  }

  Answer closeDatabase(Fault fault) throws IOException {
    return ask("close " + fault.text());
  }

  private Answer ask(String command) throws IOException {
    commands.println(command);
    commands.flush();
    Map<Long, String> outcomes = new TreeMap<>();
    Map<Long, Boolean> stored = new TreeMap<>();
    List<String> journal = List.of();
    int failed = 0;
    int borrowed = 0;
    String told = "";
    while (true) {
      String line = answers.readLine();
      if (line == null) {
        throw new AssertionError(
            "the child died of \"" + command + "\": " + Files.readString(errors(folder)));
      }
      String[] words = line.split(" ", 3);
      switch (words[0]) {
        case "outcome" -> outcomes.put(Long.valueOf(words[1]), words[2]);
        case "stored" -> stored.put(Long.valueOf(words[1]), Boolean.valueOf(words[2]));
        case "failed" -> failed = Integer.parseInt(words[1]);
        case "borrowed" -> borrowed = Integer.parseInt(words[1]);
        case "journal" -> journal = Arrays.asList(words[1].split(",", -1));
        case "told" -> told = line.substring("told ".length());
        case "end" -> {
          return new Answer(outcomes, stored, journal, failed, borrowed, told);
        }
        default -> throw new AssertionError("the child said: " + line);
      }
    }
  }

  /**
   * What somebody would find who opened the files as they are now, the child being dead: a copy of
   * database and log without the shared memory, so that the log is recovered.
   */
  Map<Long, Boolean> whatAKillWouldLeave() throws Exception {
    Path copy = folder.resolve("copy.db");
    Path log = folder.resolve("f.db-wal");
    Path logCopy = folder.resolve("copy.db-wal");
    byte[] before;
    byte[] after = bytes(log);
    do { // The child's checkpoint may empty the log meanwhile.
      before = after;
      Files.write(copy, bytes(database(folder)));
      after = bytes(log);
    } while (!Arrays.equals(before, after));
    Files.write(logCopy, before);
    try {
      return BatchTable.batches(copy);
    } finally {
      Files.deleteIfExists(folder.resolve("copy.db-shm"));
      Files.deleteIfExists(logCopy);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
  }

  /** Kills the child and says what it left. */
  Map<Long, Boolean> whatAKillLeaves() throws Exception {
    // Not Process.destroyForcibly(), which throws away what the child has said.
    process.toHandle().destroyForcibly();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new AssertionError("the child does not die");
    }
    return BatchTable.batches(database(folder));
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
