package dev.tiercel.soak;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Leaks on purpose, a little with each sample, so that the verdict can be seen red in a real run:
 * {@code -Dsoak.leak=heap,thread}, or others of the kinds below.
 */
final class SeededLeak implements AutoCloseable {
  private final List<String> kinds;
  private final Path folder;
  private final List<Object> kept = new ArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);

  SeededLeak(String kinds, Path folder) {
    this.kinds = List.of(kinds.split(",", -1));
    this.folder = folder;
  }

  void step() throws IOException {
    for (String kind : kinds) {
      leak(kind);
    }
  }

  private void leak(String kind) throws IOException {
    switch (kind) {
      case "none" -> {}
      case "heap" -> kept.add(new byte[3 << 19]);
      case "direct" -> kept.add(ByteBuffer.allocateDirect(1 << 19));
      case "descriptor" -> kept.add(FileChannel.open(folder.resolve("tasks.db")));
      case "thread" -> start();
      case "file" -> Files.createTempFile(folder, "left-", "");
      default ->
          throw new IllegalArgumentException(
              "soak.leak is '%s'; use none, heap, direct, descriptor, thread or file"
                  .formatted(kind));
    }
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
