package dev.tiercel.soak;

import dev.tiercel.cache.Tag;
import dev.tiercel.cache.TieredCache;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes trouble: voids what is cached, and deletes, cuts and overwrites the files of the tiers. */
final class Nuisance {
  private final Stack stack;
  private final Path folder;

  Nuisance(Stack stack, Path folder) {
    this.stack = stack;
    this.folder = folder;
  }

  void invalidate(Random random) throws InterruptedException {
    TieredCache cache = stack.tiercel.cache();
    switch (random.nextInt(40)) {
      case 0 -> cache.invalidateAll();
      case 1 -> cache.evictNow("tasks:agent:agent-1*");
      case 2 -> stack.tiercel.warmer().warmNow();
      case 3 -> cache.invalidatePrefix("web:");
      case 4, 5, 6, 7, 8 -> cache.invalidatePattern("tasks:*:agent-" + random.nextInt(20) + "*");
      case 9, 10, 11, 12, 13 -> cache.invalidatePattern("task:count-?" + random.nextInt(10));
      case 14, 15, 16, 17, 18 -> cache.invalidatePrefix("tasks:agent:agent-" + random.nextInt(20));
      case 19, 20, 21, 22 -> cache.stats();
      case 23, 24, 25 -> cache.tierStats();
      default -> cache.invalidate(Tag.of("agent", "agent-" + random.nextInt(20)));
    }
  }

  /** Damages one file of the tiers below memory while it is open; it may go in that moment. */
  void damage(Random random) throws IOException {
    try {
      damageOne(random);
    } catch (NoSuchFileException e) {
      // A tier has deleted it, or there is none yet.
    }
  }

  private void damageOne(Random random) throws IOException {
    List<Path> segments;
    try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
      segments = files.filter(file -> file.toString().endsWith(".segment")).toList();
    }
    Path segment =
        segments.isEmpty() ? folder.resolve("none") : segments.get(random.nextInt(segments.size()));
    switch (random.nextInt(6)) {
      case 0 -> Files.deleteIfExists(folder.resolve("cache.db"));
      case 1 -> Files.deleteIfExists(folder.resolve("cache.db-wal"));
      case 2 -> Files.deleteIfExists(segment);
      case 3 -> cut(segment, random);
      case 4 -> scribble(segment, random);
      default -> scribble(folder.resolve("cache.db"), random);
    }
  }

  private static void cut(Path file, Random random) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(random.nextInt(1 + (int) channel.size()));
    }
  }

  private static void scribble(Path file, Random random) throws IOException {
    byte[] bytes = new byte[1 + random.nextInt(10_000)];
    random.nextBytes(bytes);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (size > 0) {
        channel.write(ByteBuffer.wrap(bytes), random.nextInt((int) size));
      }
    }
  }
}
