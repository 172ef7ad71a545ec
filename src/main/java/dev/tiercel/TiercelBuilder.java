package dev.tiercel;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteDatabaseBuilder;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;

/**
 * Describes a stack before it is opened. A value out of its range is refused where it is set. Used
 * by one thread.
 */
public final class TiercelBuilder {
  private final SqliteDatabaseBuilder database;
  private boolean migrateLegacy;
  private InstantSource clock = InstantSource.system();

  TiercelBuilder(Path file) {
    database = SqliteDatabase.builder(file);
  }

  /**
   * Sets how many connections read; as many reads run at once.
   *
   * @param count from 1 to 256; the default is the number of processors, at least 2
   * @return this builder
   * @throws IllegalArgumentException if the count is out of that range
   */
  public TiercelBuilder readers(int count) {
    database.readers(count);
    return this;
  }

  /**
   * Sets what a commit survives.
   *
   * @param level the level; the default is {@link Durability#FULL}
   * @return this builder
   */
  public TiercelBuilder durability(Durability level) {
    database.durability(level);
    return this;
  }

  /**
   * Sets how long a call waits for a connection, its turn or another process's lock.
   *
   * @param timeout from 250 milliseconds to one hour; the default is 10 seconds
   * @return this builder
   * @throws IllegalArgumentException if the time is out of that range
   */
  public TiercelBuilder busyTimeout(Duration timeout) {
    database.busyTimeout(timeout);
    return this;
  }

  /**
   * Sets the page cache of each connection.
   *
   * @param bytes from 64 KiB to 64 GiB; the default is 16 MiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder pageCache(long bytes) {
    database.cacheBytes(bytes);
    return this;
  }

  /**
   * Sets how much of the file is read through a memory map; see {@link
   * SqliteDatabaseBuilder#mmapBytes} for the risk.
   *
   * @param bytes from 0 to 1 TiB; the default is 0, none
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder memoryMap(long bytes) {
    database.mmapBytes(bytes);
    return this;
  }

  /**
   * Sets the size beyond which the write-ahead log is emptied as soon as no reader needs it any
   * more; a reader that never ends lets it grow.
   *
   * @param bytes from 1 MiB to 64 GiB; the default is 64 MiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public TiercelBuilder writeAheadLog(long bytes) {
    database.walBytes(bytes);
    return this;
  }

  /**
   * Sets whether a new database gets its tables, and an older one the newest schema, at open.
   *
   * @param automatic false for people who run the scripts under {@code META-INF/tiercel/migrations}
   *     themselves; the default is true
   * @return this builder
   */
  public TiercelBuilder autoMigrate(boolean automatic) {
    database.autoMigrate(automatic);
    return this;
  }

  /**
   * Sets whether a database in the legacy shape is converted in place, after a backup file beside
   * it.
   *
   * @param convert true to convert; the default, false, refuses such a database
   * @return this builder
   */
  public TiercelBuilder migrateLegacy(boolean convert) {
    migrateLegacy = convert;
    return this;
  }

  /**
   * Sets what tells the time of writes, and which leases ran out.
   *
   * @param source the clock; the default is the system's
   * @return this builder
   */
  public TiercelBuilder clock(InstantSource source) {
    clock = Objects.requireNonNull(source, "source must not be null");
    return this;
  }

  /**
   * Opens the stack.
   *
   * @return the open stack, to be closed by the caller
   * @throws TaskRepositoryException if it cannot be opened; nothing stays open
   */
  public Tiercel build() {
    return new Tiercel(SqliteTaskRepository.open(database, migrateLegacy, clock));
  }
}
