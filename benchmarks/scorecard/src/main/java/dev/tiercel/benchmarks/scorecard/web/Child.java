package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.Workplace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that is spoken to in lines, and is gone once this is closed. */
final class Child implements AutoCloseable {
  private static final int SECONDS_TO_END = 10;

  private final String name;
  private final Process process;
  private final Thread reader;
  private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
  private final List<String> told = new ArrayList<>();

  private Child(String name, Process process) {
    this.name = name;
    this.process = process;
    reader = new Thread(this::read, "output of " + name);
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * Starts one.
   *
   * @param name what it is called, for people
   * @param workplace where the driver of the database may put its library
   * @param options of the JVM
   * @param main the class to run; it ends when its input does
   * @param arguments what that class is given
   */
  static Child start(
      String name, Workplace workplace, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    // A child that is killed leaves the driver's library behind.
    command.add("-Dorg.sqlite.tmpdir=" + workplace.file("").toAbsolutePath());
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.add("-classpath");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new Child(name, new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  private void read() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(Optional.of(line));
      }
    } catch (IOException e) {
      // It was killed in the middle of a line.
    }
    lines.add(Optional.empty());
  }

  /** Tells it something. */
  void tell(String line) {
    try {
      Writer out = process.outputWriter(StandardCharsets.UTF_8);
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the " + name + " does not listen; it said " + told, e);
    }
  }

  /** The next line that it says, or empty if it has not said one in time. */
  Optional<String> line(Duration patience) throws InterruptedException {
    Optional<String> line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      return Optional.empty();
    }
    if (line.isEmpty()) {
      lines.add(line); // Whoever asks again is to hear the same.
      throw ended();
    }
    told.add(line.get());
    return line;
  }

  /** The number that it begins with. */
  int awaitNumber(Duration patience) throws InterruptedException {
    Optional<String> line = line(patience);
    if (line.isEmpty()) {
      throw new IllegalStateException(
          "the %s said nothing for %d s".formatted(name, patience.toSeconds()));
    }
    if (!line.get().matches("[0-9]{1,9}")) {
      throw ended();
    }
    return Integer.parseInt(line.get());
  }

  /** Makes sure that it still runs. */
  void checkAlive() throws InterruptedException {
    if (!process.isAlive()) {
      throw ended();
    }
  }

  /** Waits for its end, and makes an exception of all that it has said. */
  IllegalStateException ended() throws InterruptedException {
    boolean isOver = process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
    reader.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_END));
    String how = isOver ? "ended with " + process.exitValue() : "has come to nothing";
    return new IllegalStateException(
        "the %s %s:%n%s".formatted(name, how, String.join(System.lineSeparator(), told())));
  }

  /** All that it has said. */
  List<String> told() {
    for (Optional<String> rest = lines.poll();
        rest != null && rest.isPresent();
        rest = lines.poll()) {
      told.add(rest.get());
    }
    return told;
  }

  @Override
  public void close() {
    process.toHandle().destroyForcibly();
  }
}
