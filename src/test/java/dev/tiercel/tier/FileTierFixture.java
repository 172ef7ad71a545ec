package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A tier in files, and its files. */
abstract class FileTierFixture extends TierFixture {
  @TempDir Path temporary;
  Path folder;

  @Override
  @BeforeEach
  void openTier() {
    folder = temporary.resolve("tier");
    tier = open(ROOMY);
  }

  @Override
  CacheTier open(long maxBytes) {
    return FileTier.builder(folder).maxBytes(maxBytes).open();
  }

  void reopen() {
    tier.close();
    tier = open(ROOMY);
  }

  static List<Path> segmentsIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  List<Path> segments() throws IOException {
    return segmentsIn(folder);
  }

  static long bytesIn(Path folder) throws IOException {
    long sum = 0;
    for (Path file : segmentsIn(folder)) {
      sum += Files.size(file);
    }
    return sum;
  }

  /** The bytes of all segments by their names. */
  Map<Path, byte[]> contents() throws IOException {
    Map<Path, byte[]> contents = new TreeMap<>();
    for (Path file : segments()) {
      contents.put(file.getFileName(), Files.readAllBytes(file));
    }
    return contents;
  }

  /** Makes a folder that has these segments and no others. */
  static void write(Path folder, Map<Path, byte[]> contents) throws IOException {
    Files.createDirectories(folder);
    for (Path file : segmentsIn(folder)) {
      Files.delete(file);
    }
    for (Map.Entry<Path, byte[]> file : contents.entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
  }

  /** Removes the footer of a segment: as if its tier had been killed. */
  static byte[] withoutFooter(byte[] segment) {
    int records = segment.length - 32;
    int start = ByteBuffer.wrap(segment).getInt(records + 16);
    return Arrays.copyOf(segment, start);
  }
}
