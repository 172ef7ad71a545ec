package dev.tiercel.cache;

import dev.tiercel.sqlite.SqliteException;
import dev.tiercel.sqlite.SqliteException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The right to keep caches of a database: one ledger in one process has it. It is a lock on a file
 * beside the database, which the operating system takes back when the process dies. The file stays:
 * who deletes it could delete one that another process has just locked.
 */
final class Owner implements AutoCloseable {
  /* Behind whatever stands in the file: on some systems what is locked cannot be read. */
  private static final long LOCKED_BYTE = 1L << 40;

  private static final int LONGEST_TEXT = 256;

  /*
   * On POSIX systems a process that closes any channel to a file loses every lock that it has on it.
   * So a file that this process has locked must not be opened a second time, not even to look.
   */
  private static final Set<Path> taken = ConcurrentHashMap.newKeySet();

  /* A copy of this class in another class loader has the lock; closing these would take it away. */
  private static final Queue<FileChannel> neverClosed = new ConcurrentLinkedQueue<>();

  private final Path database;
  private final Path file;
  private final FileChannel channel;
  private final boolean untouched;

  private Owner(Path database, Path file, FileChannel channel) throws IOException {
    this.database = database;
    this.file = file;
    this.channel = channel;
    String state = read(channel)[1];
    untouched = Unattended.isUntouched(state, database);
    write(state);
  }

  /**
   * Takes the right.
   *
   * @param database the database file, which exists; however it is named, it is one
   * @throws SqliteException if another ledger has it, or if the file cannot be written
   */
  static Owner of(Path database) {
    Path real;
    Path file;
    try {
      real = database.toRealPath();
      file = real.resolveSibling(real.getFileName() + "-owner");
    } catch (IOException e) {
      throw new SqliteException(Kind.READ_ONLY, database + " cannot be looked up", e);
    }
    if (!taken.add(file)) {
      throw refused(file, "a ledger in this process");
    }
    Owner owner = null;
    try {
      owner = lock(real, file);
      return owner;
    } catch (IOException e) {
      throw unwritable(file, e);
    } finally {
      if (owner == null) {
        taken.remove(file);
      }
    }
  }

  private static Owner lock(Path database, Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock != null) {
        return new Owner(database, file, channel);
      }
    } catch (OverlappingFileLockException e) {
      neverClosed.add(channel);
      throw refused(file, "a ledger in this process");
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
    String name;
    try (channel) {
      name = read(channel)[0];
    }
    throw refused(file, "process " + name);
  }

  /* The file holds the number of the process, and below it the state of the database. */
  private void write(String state) throws IOException {
    String text = ProcessHandle.current().pid() + "\n" + state + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String[] read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
    int length = Math.max(channel.read(bytes, 0), 0);
    String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
    String[] lines = text.split("\n", -1);
    return new String[] {
      lines[0].isBlank() ? "(unknown)" : lines[0], lines.length > 1 ? lines[1] : ""
    };
  }

  /** Whether nobody wrote to the database since its last owner was there. */
  boolean isUntouched() {
    return untouched;
  }

  /** The log is written from here on; until {@link #leave}, who dies leaves it open. */
  void enter() {
    try {
      write(Unattended.OPEN);
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  /**
   * The database is closed.
   *
   * @param sawAll whether all that was committed is in the log
   */
  void leave(boolean sawAll) throws IOException {
    write(sawAll ? Unattended.closed(database) : Unattended.UNSURE);
    // After a power loss "open" would be there again: it says that any log is of a dead owner.
    channel.force(true);
  }

  private static SqliteException unwritable(Path file, IOException e) {
    return new SqliteException(
        Kind.READ_ONLY,
        file
            + " cannot be written, so nobody can own the caches; check the permissions of the"
            + " folder, or open the repository without caches",
        e);
  }

  private static SqliteException refused(Path file, String by) {
    return new SqliteException(
        Kind.UNSUPPORTED,
        ("the caches of this database are owned by %s, which holds the lock %s; close that one first,"
                + " or open the repository without caches: any number of processes may do that")
            .formatted(by, file),
        null);
  }

  /** Gives the right back. */
  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      taken.remove(file);
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
