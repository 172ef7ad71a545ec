package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The right to use the files of a tier: one tier in one process has it. It is a lock on a file,
 * which the operating system takes back when the process dies; the file stays.
 */
final class TierLock implements AutoCloseable {
  /* Behind whatever stands in the file: on some systems what is locked cannot be read. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final int LONGEST_TEXT = 32;
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  /*
   * POSIX takes the locks of a process on a file away when it closes any channel to it. So a file that
   * is locked here is not opened again, and one that another class loader's copy of this class has
   * locked is not closed.
   */
  private static final Set<Path> taken = ConcurrentHashMap.newKeySet();
  private static final Queue<FileChannel> neverClosed = new ConcurrentLinkedQueue<>();

  private final Path file;
  private FileChannel channel;
  private @Nullable Object key;

  private TierLock(Path file) throws IOException {
    this.file = file;
    channel = lock();
    key = key(channel);
  }

  /**
   * Takes the right.
   *
   * @param file the lock, in a folder that exists and by its real path: two names of it would be
   *     two rights
   * @throws CacheTierException if another tier has it
   * @throws IOException if the lock cannot be had
   */
  static TierLock of(Path file) throws IOException {
    if (!taken.add(file)) {
      throw refused(file, "this process", new OverlappingFileLockException());
    }
    TierLock lock = null;
    boolean interrupted = Thread.interrupted(); // Else the channel is closed at once.
    try {
      lock = new TierLock(file);
      return lock;
    } finally {
      if (lock == null) {
        taken.remove(file);
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel lock() throws IOException {
    FileChannel opened = FileChannel.open(file, OPTIONS, OwnerOnly.file(file));
    try {
      FileLock lock = opened.tryLock(LOCKED_BYTE, 1, false);
      if (lock != null) {
        String name = ProcessHandle.current().pid() + "\n";
        opened.truncate(0);
        opened.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)), 0);
        return opened;
      }
    } catch (OverlappingFileLockException e) {
      neverClosed.add(opened);
      throw refused(file, "this process", e);
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
    try (opened) {
      ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
      int length = Math.max(opened.read(bytes, 0), 0);
      String name = new String(bytes.array(), 0, length, StandardCharsets.US_ASCII).trim();
      throw refused(file, "process " + name, new IOException(file + " is locked"));
    }
  }

  private @Nullable Object key(FileChannel had) throws IOException {
    try {
      return key();
    } catch (Throwable e) {
      had.close();
      throw e;
    }
  }

  private @Nullable Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static CacheTierException refused(Path file, String by, Exception cause) {
    return new CacheTierException(
        ("this tier is open in %s, which holds the lock %s; close it there first, or give each its"
                + " own place")
            .formatted(by, file),
        cause);
  }

  /** Whether it is still the lock that others would find. */
  boolean isInPlace() {
    try {
      return Objects.equals(key(), key);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Takes the right again after the file was deleted.
   *
   * @throws CacheTierException if another tier has it meanwhile
   * @throws IOException if the lock cannot be had
   */
  void renew() throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      FileChannel lost = channel;
      FileChannel had = lock();
      key = key(had);
      channel = had;
      lost.close();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Closes the tier that has the right, or the right itself, because it cannot be opened. */
  static void giveUp(AutoCloseable opened, Throwable why) {
    try {
      opened.close();
    } catch (Exception e) {
      why.addSuppressed(e);
    }
  }

  /** Gives the right back. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Closed or not, the lock is gone with the process.
    } finally {
      taken.remove(file);
    }
  }
}
