package dev.tiercel.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files below a folder as they were at one moment, to be put back, whole or with a bit flipped.
 */
final class SavedFiles {
  private static final int HEADER_BITS = 100 * Byte.SIZE;

  private final Path folder;
  private final Map<Path, byte[]> bytes = new TreeMap<>();
  private final Map<Path, FileTime> times = new TreeMap<>();

  /** A bit of a file. */
  record Bit(Path file, int at) {}

  private SavedFiles(Path folder) {
    this.folder = folder;
  }

  /** Reads all of them; of a database that is open, nobody may write to it meanwhile. */
  static SavedFiles of(Path folder) throws IOException {
    SavedFiles saved = new SavedFiles(folder);
    // By name: a database comes before its log, which holds what was not copied into it by then.
    for (Path file : files(folder)) {
      if (!file.toString().endsWith("-shm")) {
        saved.bytes.put(file, Files.readAllBytes(file));
        saved.times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return saved;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    }
  }

  /** Puts all files back, and nothing else. */
  void restore() throws IOException {
    for (Path file : files(folder)) {
      if (!bytes.containsKey(file)) {
        Files.delete(file);
      }
    }
    for (Path file : bytes.keySet()) {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes.get(file));
      Files.setLastModifiedTime(file, times.get(file));
    }
  }

  /** Those that are not empty. */
  List<Path> names() {
    return bytes.keySet().stream().filter(file -> bytes.get(file).length > 0).toList();
  }

  int bits(Path file) {
    return bytes.get(file).length * Byte.SIZE;
  }

  /**
   * Draws a file first, and then a bit of it: a small one is as important as a large one, and the
   * beginning, which tells what a file is, more important than the rest.
   */
  Bit draw(Random random, List<Path> from) {
    Path file = from.get(random.nextInt(from.size()));
    int bits = random.nextInt(8) == 0 ? Math.min(HEADER_BITS, bits(file)) : bits(file);
    return new Bit(file, random.nextInt(bits));
  }

  void flip(Bit bit) throws IOException {
    byte[] flipped = bytes.get(bit.file()).clone();
    flipped[bit.at() / Byte.SIZE] ^= (byte) (1 << bit.at() % Byte.SIZE);
    Files.write(bit.file(), flipped);
    Files.setLastModifiedTime(bit.file(), times.get(bit.file()));
  }
}
