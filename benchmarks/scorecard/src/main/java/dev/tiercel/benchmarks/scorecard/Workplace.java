package dev.tiercel.benchmarks.scorecard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A temporary folder that is gone afterwards, also after Ctrl-C.
 *
 * <p>It lies under the build's {@code target}, because the system's folder is in memory on many
 * machines, where a durable write costs nothing.
 */
public final class Workplace implements AutoCloseable {
  private final Path folder;

  /**
   * Makes the folder.
   *
   * @throws IOException if it cannot be made
   */
  public Workplace() throws IOException {
    Path parent =
        Path.of(System.getProperty("workplace", System.getProperty("java.io.tmpdir")))
            .toAbsolutePath();
    folder = Files.createTempDirectory(Files.createDirectories(parent), "tiercel-");
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  /**
   * A place in the folder.
   *
   * @param name the name of a file
   * @return its path
   */
  public Path file(String name) {
    return folder.resolve(name);
  }

  @Override
  public synchronized void close() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
