package dev.tiercel.soak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Leaks on purpose as little as must be found, so that the verdict can be seen red in a real run:
 * {@code -Dsoak.leak=heap,thread}, or others of these.
 *
 * <ul>
 *   <li>At work, 1 MiB in a minute: heap; dropped, which is heap that closing gives back; direct.
 *   <li>At work, one in a minute: descriptor, thread, file.
 *   <li>At each closing, one: opening, a descriptor; forgotten, one that nobody can reach.
 * </ul>
 */
final class SeededLeak implements AutoCloseable {
  private static final int PARTS = 16;
  private static final long PART_NANOS = Duration.ofMinutes(1).toNanos() / PARTS;
  private static final int PART_BYTES = (1 << 20) / PARTS;

  private final List<String> kinds;
  private final Path folder;
  private final List<Object> kept = new ArrayList<>();
  private final List<byte[]> untilClosed = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private long parts;

  SeededLeak(String kinds, Path folder) {
    this.kinds = List.of(kinds.split(",", -1));
    this.folder = folder;
  }

  /** Leaks what is due after so much time of work, of all openings. */
  void atWork(long nanos) throws IOException {
    for (; parts < nanos / PART_NANOS; parts++) {
      for (String kind : kinds) {
        part(kind, parts % PARTS == PARTS - 1);
      }
    }
  }

  private void part(String kind, boolean isMinute) throws IOException {
    switch (kind) {
      case "none", "opening", "forgotten" -> {}
      case "heap" -> kept.add(new byte[PART_BYTES]);
      case "dropped" -> untilClosed.add(new byte[PART_BYTES]);
      case "direct" -> kept.add(ByteBuffer.allocateDirect(PART_BYTES));
      case "descriptor", "thread", "file" -> {
        if (isMinute) {
          one(kind);
        }
      }
      default ->
          throw new IllegalArgumentException(
              "soak.leak is '%s'; use none, heap, dropped, direct, descriptor, thread, file,"
                      .formatted(kind)
                  + " opening or forgotten");
    }
  }

  private void one(String kind) throws IOException {
    switch (kind) {
      case "descriptor" -> kept.add(open());
      case "thread" -> start();
      default -> Files.createTempFile(folder, "left-", "");
    }
  }

  /** The stack was closed. */
  void closed() throws IOException {
    untilClosed.clear();
    if (kinds.contains("opening")) {
      kept.add(open());
    }
    if (kinds.contains("forgotten")) {
      open().size(); // And lost.
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(folder.resolve("tasks.db"));
  }

  private void start() {
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "leaked");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    for (Object one : kept) {
      if (one instanceof Closeable open) {
        open.close();
      }
    }
  }
}
