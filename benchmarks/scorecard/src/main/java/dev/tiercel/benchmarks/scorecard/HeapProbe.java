package dev.tiercel.benchmarks.scorecard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds the smallest heap that survives a listing of everything, by trying in JVMs of its own. */
final class HeapProbe {
  /** The JVM rounds the heap up to this many MiB, on some machines. */
  private static final int STEP = 2;

  private static final int LARGEST = 65_536;
  private static final int SECONDS = 120;

  /** What -XX:+ExitOnOutOfMemoryError exits with. */
  private static final int OUT_OF_MEMORY = 3;

  private final Workplace workplace;
  private final String side;
  private final Path file;
  private final long rows;

  HeapProbe(Workplace workplace, String side, Path file, long rows) {
    this.workplace = workplace;
    this.side = side;
    this.file = file;
    this.rows = rows;
  }

  /** The heap in MiB, to about five per cent, at best {@value #STEP} MiB. */
  int smallest() throws IOException, InterruptedException {
    int tooSmall = 0;
    int enough = STEP;
    while (!survives(enough)) {
      tooSmall = enough;
      enough *= 2;
      if (enough > LARGEST) {
        throw new IllegalStateException(side + " does not survive a heap of " + tooSmall + " MiB");
      }
    }
    while (enough - tooSmall > Math.max(STEP, enough / 20)) {
      int middle = (tooSmall + enough) / (2 * STEP) * STEP;
      if (survives(middle)) {
        enough = middle;
      } else {
        tooSmall = middle;
      }
    }
    return enough;
  }

  private boolean survives(int megabytes) throws IOException, InterruptedException {
    Path output = workplace.file("child.txt");
    Process process =
        new ProcessBuilder(command(megabytes))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(SECONDS, TimeUnit.SECONDS);
      String text = Files.readString(output).strip();
      if (!ended) {
        return false; // It collects garbage for ever: nobody would call that heap enough.
      }
      if (process.exitValue() == 0 && text.equals(Long.toString(rows))) {
        return true;
      }
      if (process.exitValue() == OUT_OF_MEMORY || text.contains("OutOfMemoryError")) {
        return false;
      }
      throw failed(megabytes, "exited with " + process.exitValue(), text);
    } finally {
      process.toHandle().destroyForcibly();
    }
  }

  private IllegalStateException failed(int megabytes, String how, String text) {
    return new IllegalStateException(
        "the listing of %,d tasks by %s with a heap of %d MiB %s: %s"
            .formatted(rows, side, megabytes, how, text));
  }

  private List<String> command(int megabytes) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + megabytes + "m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+ExitOnOutOfMemoryError");
    // A child that ends for lack of memory leaves the driver's library behind.
    command.add("-Dorg.sqlite.tmpdir=" + workplace.file("").toAbsolutePath());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(HeapChild.class.getName());
    command.add(side);
    command.add(file.toString());
    return command;
  }
}
