package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A file that many threads read and write at positions, and that outlives their interrupts: a
 * {@link FileChannel} is closed for everybody when a thread is interrupted while it uses it.
 */
final class SharedFile implements AutoCloseable {
  private final Path path;
  private final Set<OpenOption> options;
  private volatile FileChannel channel;
  private boolean closed; // Guarded by: this

  SharedFile(Path path, Set<OpenOption> options, FileChannel channel) {
    this.path = path;
    this.options = options;
    this.channel = channel;
  }

  private interface Action {
    long on(FileChannel channel) throws IOException;
  }

  /** Opens a file to read it. */
  static SharedFile read(Path path) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ);
    return new SharedFile(path, options, FileChannel.open(path, options));
  }

  /** Opens a file to read and write it. */
  static SharedFile write(Path path) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new SharedFile(path, options, FileChannel.open(path, options));
  }

  /** Makes a file that does not exist. */
  static SharedFile create(Path path, FileAttribute<?>... attributes) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    Set<OpenOption> anew =
        Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    return new SharedFile(path, options, FileChannel.open(path, anew, attributes));
  }

  Path path() {
    return path;
  }

  long size() throws IOException {
    return run(FileChannel::size);
  }

  void truncate(long size) throws IOException {
    run(now -> now.truncate(size).size());
  }

  /**
   * Fills a buffer from its position to its limit.
   *
   * @return false if the file ends before
   */
  boolean read(ByteBuffer into, long at) throws IOException {
    int start = into.position();
    run(now -> fill(now, into.position(start), at));
    return !into.hasRemaining();
  }

  private static long fill(FileChannel from, ByteBuffer into, long at) throws IOException {
    long next = at;
    int count = 0;
    while (into.hasRemaining() && count >= 0) {
      count = from.read(into, next);
      next += count;
    }
    return next;
  }

  /** Writes a buffer from its position to its limit. */
  void write(ByteBuffer from, long at) throws IOException {
    int start = from.position();
    run(now -> drain(now, from.position(start), at));
  }

  private static long drain(FileChannel to, ByteBuffer from, long at) throws IOException {
    long next = at;
    while (from.hasRemaining()) {
      next += to.write(from, next);
    }
    return next;
  }

  private long run(Action action) throws IOException {
    boolean interrupted = Thread.interrupted(); // Else the channel is closed at once.
    try {
      while (true) {
        FileChannel now = channel;
        try {
          return action.on(now);
        } catch (ClosedChannelException e) {
          interrupted |= Thread.interrupted();
          reopen(now);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized void reopen(FileChannel broken) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (channel == broken) {
      channel = FileChannel.open(path, options);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    channel.close();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
