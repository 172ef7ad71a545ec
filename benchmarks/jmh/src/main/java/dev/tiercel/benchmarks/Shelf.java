package dev.tiercel.benchmarks;

import dev.tiercel.Tiercel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Databases that are made once and shared by all forks, because a million rows take a while.
 *
 * <p>They lie under the build's {@code target/rows} until it is cleaned. Whoever writes takes a
 * copy.
 */
final class Shelf {
  /** To be raised when a table or what it holds changes; Tiercel's own schema is noticed. */
  private static final int VERSION = 1;

  private static final String SCHEMA = "/META-INF/tiercel/migrations/V1__tasks.sql";

  private Shelf() {}

  /** A database to be read only. */
  static Path file(Table table, Content content, int rows) throws IOException, SQLException {
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("workplace", System.getProperty("java.io.tmpdir")), "rows")
                .toAbsolutePath());
    String name =
        "%s-%s-%d-%d-%s"
            .formatted(table, content, rows, VERSION, fingerprint())
            .toLowerCase(Locale.ROOT);
    Path file = folder.resolve(name + ".db");
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (lock.isValid() && !Files.exists(file)) {
        Path unfinished = folder.resolve(name + ".unfinished");
        Files.deleteIfExists(unfinished);
        table.write(unfinished, content.stream(rows));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return file;
  }

  /** A database to be written to; on the disk already, so that no later fsync pays for it. */
  static void copy(Table table, Content content, int rows, Path target)
      throws IOException, SQLException {
    Files.copy(file(table, content, rows), target);
    try (FileChannel copy = FileChannel.open(target, StandardOpenOption.WRITE)) {
      copy.force(true);
    }
  }

  private static String fingerprint() throws IOException {
    try (InputStream script = Tiercel.class.getResourceAsStream(SCHEMA)) {
      CRC32 sum = new CRC32();
      sum.update(script.readAllBytes());
      return Long.toHexString(sum.getValue());
    }
  }
}
