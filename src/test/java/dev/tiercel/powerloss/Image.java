package dev.tiercel.powerloss;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The files that are on a disk, by their names below a folder.
 *
 * @param files what each of them holds
 */
record Image(Map<String, byte[]> files) {
  static final Image EMPTY = new Image(Map.of());
  private static final String SHARED_MEMORY = "-shm";
  private static final int SHARED_MEMORY_BYTES = 32 << 10;

  /** Whether a file is not recorded: SQLite's shared memory, which nothing makes safe. */
  static boolean isLeftOut(String name) {
    return name.endsWith(SHARED_MEMORY);
  }

  /** Tells it from others. */
  long fingerprint() {
    long sum = 0;
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      CRC32C crc = new CRC32C();
      crc.update(file.getKey().getBytes(StandardCharsets.UTF_8));
      long name = crc.getValue();
      crc.reset();
      crc.update(file.getValue());
      sum = 31 * sum + (name << 32 ^ (long) file.getValue().length << 20 ^ crc.getValue());
    }
    return sum;
  }

  /** Reads all files of a folder but those that are left out. */
  static Image read(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(file).toString();
        if (!isLeftOut(name)) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
    return new Image(files);
  }

  /** Writes the files into an empty folder; what lay in the shared memory may be anything. */
  void write(Path folder, Random random) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (file.getKey().indexOf('/') > 0) {
        Files.createDirectories(path.getParent());
      }
      Files.write(path, file.getValue());
      if (file.getKey().endsWith(".db") && random.nextInt(4) == 0) {
        byte[] anything = new byte[SHARED_MEMORY_BYTES];
        random.nextBytes(anything);
        Files.write(folder.resolve(file.getKey() + SHARED_MEMORY), anything);
      }
    }
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (file.getKey().endsWith("-owner")) {
        believe(folder, file.getKey(), new String(file.getValue(), StandardCharsets.UTF_8));
      }
    }
  }

  /* A sync of what a file holds says nothing of its time. So the database has the time that makes the
   * owner of the caches sure that nobody wrote: then they are believed most. */
  private static void believe(Path folder, String owner, String text) throws IOException {
    Path database = folder.resolve(owner.substring(0, owner.length() - "-owner".length()));
    List<String> lines = text.lines().toList();
    if (lines.size() > 1 && lines.get(1).matches("closed [0-9]{1,19} .*")) {
      long nanos = Long.parseLong(lines.get(1).split(" ", 3)[1]);
      if (Files.exists(database)) {
        Files.setLastModifiedTime(database, FileTime.from(nanos, TimeUnit.NANOSECONDS));
      }
    }
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
