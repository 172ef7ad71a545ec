package dev.tiercel.faults;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Starts JVMs that are killed soon, as fast as may be: with a compiler that is soon done, and with
 * the classes that a first one loaded taken from an archive. Safe for use by several threads.
 */
public final class QuickJvm {
  private static final long PATIENCE_MINUTES = 2;

  private final String main;
  private final String path;
  private final Path archive;

  private QuickJvm(String main, String path, Path archive) {
    this.main = main;
    this.path = path;
    this.archive = archive;
  }

  /**
   * Prepares the start of a class: runs it once, with nothing on its input.
   *
   * @param folder takes the archive
   * @param arguments those of the first run, which has to end by itself
   */
  public static QuickJvm of(Path folder, Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    Path archive = folder.resolve("classes.jsa");
    QuickJvm jvm = new QuickJvm(main.getName(), onlyJars(folder), archive);
    List<String> command = jvm.command(folder, arguments);
    command.add(1, "-XX:ArchiveClassesAtExit=" + archive);
    Process first =
        new ProcessBuilder(command)
            .redirectInput(Files.createFile(folder.resolve("nothing")).toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("first").toFile())
            .start();
    try {
      if (!first.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES) || first.exitValue() != 0) {
        throw new AssertionError(
            main + " does not run: " + Files.readString(folder.resolve("first")));
      }
    } finally {
      first.toHandle().destroyForcibly();
    }
    return jvm;
  }

  /* Classes are archived only if they come from a jar. */
  private static String onlyJars(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    String all = System.getProperty("java.class.path");
    for (String entry : Arrays.asList(all.split(File.pathSeparator, -1))) {
      Path part = Path.of(entry);
      if (Files.isDirectory(part)) {
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(part, jar);
        jars.add(jar.toString());
      } else {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (Stream<Path> all = Files.walk(classes);
        OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream packed = new ZipOutputStream(file)) {
      packed.setLevel(0);
      all.filter(Files::isRegularFile).sorted().forEach(each -> add(packed, classes, each));
    }
  }

  private static void add(ZipOutputStream packed, Path classes, Path file) {
    try {
      packed.putNextEntry(new ZipEntry(classes.relativize(file).toString().replace('\\', '/')));
      Files.copy(file, packed);
      packed.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The command that starts it.
   *
   * @param folder takes its native library, which it cannot delete when it is killed
   */
  public List<String> command(Path folder, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.add("-XX:-UsePerfData"); // Its file would stay behind.
    if (Files.exists(archive)) { // Not every JVM makes one.
      command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:disable"));
    }
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-Dorg.sqlite.tmpdir=" + folder, "-cp", path, main));
    command.addAll(arguments);
    return command;
  }
}
