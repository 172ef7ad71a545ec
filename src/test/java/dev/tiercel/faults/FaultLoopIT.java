package dev.tiercel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.faults.Fault.Errno;
import dev.tiercel.faults.Fault.Extent;
import dev.tiercel.faults.Fault.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whichever call of the operating system fails, on the files of the tasks or of the caches, once or
 * from then on: everybody is told the truth, nothing that was acknowledged is lost, a cache costs
 * no answer, and nothing stays open.
 *
 * <p>By default the first two calls are tried and then every {@code -Dfaults.every=191}st, from one
 * on that is drawn from {@code -Dfaults.seed}; {@code -Dfaults.every=1} tries each of them.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES) // For each of them; a part of them is a minute.
class FaultLoopIT {
  private static final int EVERY = Integer.getInteger("faults.every", 191);
  private static final long SEED = Long.getLong("faults.seed", 20_261_128);

  @TempDir static Path tools;
  private static Path shim;

  @TempDir Path folder;

  @BeforeAll
  static void compile() throws Exception {
    shim = Shim.compile(tools);
  }

  private static List<Fault> kinds(String files) {
    List<Fault> once = new ArrayList<>();
    for (Errno error : List.of(Errno.EIO, Errno.ENOSPC, Errno.EDQUOT, Errno.SHORT)) {
      once.add(Fault.of(Operation.WRITE, files, error));
    }
    once.add(Fault.of(Operation.WRITE, files, Errno.EIO).carriedOut(Extent.HALF_DONE));
    once.add(Fault.of(Operation.WRITE, files, Errno.EIO).carriedOut(Extent.DONE));
    once.add(Fault.of(Operation.READ, files, Errno.EIO));
    once.add(Fault.of(Operation.READ, files, Errno.SHORT));
    once.add(Fault.of(Operation.SYNC, files, Errno.EIO));
    once.add(Fault.of(Operation.SYNC, files, Errno.ENOSPC));
    once.add(Fault.of(Operation.SYNC, files, Errno.EIO).carriedOut(Extent.DONE));
    once.add(Fault.of(Operation.TRUNCATE, files, Errno.EIO));
    once.add(Fault.of(Operation.TRUNCATE, files, Errno.ENOSPC));
    for (Errno error : List.of(Errno.EIO, Errno.ENOSPC, Errno.EDQUOT, Errno.EMFILE)) {
      once.add(Fault.of(Operation.OPEN, files, error));
    }
    once.add(Fault.of(Operation.RENAME, files, Errno.ENOSPC));
    once.add(Fault.of(Operation.UNLINK, files, Errno.EIO));
    once.add(Fault.of(Operation.MAP, files, Errno.ENOMEM));
    List<Fault> all = new ArrayList<>(once);
    once.forEach(fault -> all.add(fault.forGood()));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {FaultyStack.TASKS, FaultyStack.CACHE})
  void everybodyIsToldTheTruthWhicheverCallFails(String files) throws Exception {
    List<Fault> kinds = kinds(files);
    Process process = start(kinds);
    long runs = 0;
    int done = 0;
    List<String> wrong = new ArrayList<>();
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.equals("end")) {
        String[] words = line.split(" ", 3);
        if (words[0].equals("runs")) {
          runs += Long.parseLong(words[1]);
          done++;
        } else {
          wrong.add(line);
        }
        line = lines.readLine();
      }
      assertEquals("end", line, () -> "it ended before its time: " + errors());
    } finally {
      process.toHandle().destroyForcibly();
    }
    System.out.printf(
        "%s: %,d runs with %d kinds of faults, each %d. call from seed %d; %d went wrong%n",
        files.substring(1), runs, done, EVERY, SEED, wrong.size());
    assertEquals(List.of(), wrong);
    assertEquals(kinds.size(), done);
    assertTrue(runs > kinds.size(), "no call ever failed");
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("errors"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process start(List<Fault> kinds) throws IOException {
    Path control = FaultSwitch.create(folder.resolve("faults"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m"));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=off"); // It fails thousands of times.
    command.add("-Dorg.sqlite.tmpdir=" + folder);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FaultLoopProcess.class.getName()));
    command.addAll(List.of(folder.toString(), control.toString()));
    command.add("" + new Random(SEED).nextInt(EVERY));
    command.add("" + EVERY);
    kinds.forEach(kind -> command.add(kind.text()));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(folder.resolve("errors").toFile());
    builder.environment().put("LD_PRELOAD", shim.toString());
    builder.environment().put("TIERCEL_FAULTS", control.toString());
    return builder.start();
  }
}
