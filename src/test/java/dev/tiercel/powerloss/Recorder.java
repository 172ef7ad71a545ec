package dev.tiercel.powerloss;

import dev.tiercel.faults.Shim;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Records workloads: runs them in another JVM with {@code recorder.c} before its C library. */
final class Recorder {
  private static final long LONGEST_MINUTES = 10;

  private final Path library;
  private final Path folder;

  private Recorder(Path library, Path folder) {
    this.library = library;
    this.folder = folder;
  }

  /**
   * Compiles the recorder, or says why nothing can be recorded here.
   *
   * @param folder where it may put files
   */
  static Recorder in(Path folder) throws IOException, InterruptedException {
    return new Recorder(Shim.compile(folder, "recorder.c", "record.c"), folder);
  }

  /** A folder for files that come and go: in memory where there is such a place. */
  static Path fastFolder(Path otherwise) throws IOException {
    Path memory = Path.of("/dev/shm");
    return Files.isDirectory(memory) && Files.isWritable(memory)
        ? Files.createTempDirectory(memory, "tiercel-power-loss").toRealPath()
        : Files.createTempDirectory(otherwise, "power-loss").toRealPath();
  }

  /**
   * Records a workload to its end.
   *
   * @param before the files it finds
   * @param held what those files hold
   * @param writes how many writes it does
   */
  Recording record(Workload workload, Image before, Rows held, long seed, int writes)
      throws IOException, InterruptedException {
    Path own = Files.createTempDirectory(folder, "recording");
    Path root = Files.createDirectory(own.resolve("root"));
    Path record = own.resolve("record");
    try {
      before.write(root, new Random(seed));
      run(workload, own, root, record, List.of("" + seed, "" + writes));
      Image after = Image.read(root);
      after.files().remove("notes");
      List<Operation> operations = Operation.parse(Files.readAllBytes(record));
      return new Recording(before, operations, after, new Story(operations, held), seed);
    } finally {
      Image.delete(own);
    }
  }

  private void run(Workload workload, Path own, Path root, Path record, List<String> more)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dorg.sqlite.tmpdir=" + own));
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            RecordedProcess.class.getName(),
            root.toString(),
            workload.name()));
    command.addAll(more);
    File said = own.resolve("said").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said);
    builder.environment().put("LD_PRELOAD", library.toString());
    builder.environment().put("TIERCEL_RECORD_ROOT", root.toString());
    builder.environment().put("TIERCEL_RECORD_LOG", record.toString());
    Process process = builder.start();
    try {
      if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("recording " + workload + ": " + Files.readString(said.toPath()));
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
  }
}
