package dev.tiercel.benchmarks.tier;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures the files in a folder again and again, and remembers the most. */
final class FolderSize implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final File folder;
  private final Thread thread;
  private volatile long most;
  private volatile boolean over;

  FolderSize(Path folder) {
    this.folder = folder.toFile();
    thread = new Thread(this::run, "folder-size");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!over) {
      most = Math.max(most, now());
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** The bytes of all files; of one that is just being deleted, none. */
  long now() {
    long sum = 0;
    File[] files = folder.listFiles();
    for (File file : files == null ? new File[0] : files) {
      sum += file.length();
    }
    return sum;
  }

  long most() {
    return most;
  }

  @Override
  public void close() {
    over = true;
    LockSupport.unpark(thread);
  }
}
