package dev.tiercel.sqlite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Describes a database before it is opened. A value out of its range is refused where it is set.
 * Used by one thread.
 */
public final class SqliteDatabaseBuilder {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(250);
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  private final Path file;
  private String name = "tiercel";
  private int readers = Math.max(2, Runtime.getRuntime().availableProcessors());
  private Durability durability = Durability.FULL;
  private Duration busyTimeout = Duration.ofSeconds(10);
  private long cacheBytes = 16L << 20;
  private long mmapBytes;
  private long walBytes = 64L << 20;
  private boolean autoMigrate = true;
  private List<Migration> migrations = List.of();
  private Preparation preparation = Preparation.NONE;
  private WriteJournal journal = WriteJournal.NONE;

  SqliteDatabaseBuilder(Path file) {
    this.file = Objects.requireNonNull(file, "file must not be null");
  }

  /**
   * Sets what the pools are called in meters and in the names of their threads: {@code <name>-read}
   * and {@code <name>-write}.
   *
   * @param text letters, digits, dots, hyphens and underscores, from 1 to 100; the default is
   *     "tiercel"
   * @return this builder
   * @throws IllegalArgumentException if there is something else in it
   */
  public SqliteDatabaseBuilder name(String text) {
    Objects.requireNonNull(text, "name must not be null");
    require(
        NAME.matcher(text).matches(),
        "name",
        "'" + text + "'",
        "from 1 to 100 letters, digits, dots, hyphens and underscores");
    name = text;
    return this;
  }

  /**
   * Sets how many connections read; as many reads run at once.
   *
   * @param count from 1 to 256; the default is the number of processors, at least 2
   * @return this builder
   * @throws IllegalArgumentException if the count is out of that range
   */
  public SqliteDatabaseBuilder readers(int count) {
    require(count >= 1 && count <= 256, "readers", count, "from 1 to 256");
    readers = count;
    return this;
  }

  /**
   * Sets what a commit survives.
   *
   * @param level the level; the default is {@link Durability#FULL}
   * @return this builder
   */
  public SqliteDatabaseBuilder durability(Durability level) {
    durability = Objects.requireNonNull(level, "level must not be null");
    return this;
  }

  /**
   * Sets how long a call waits for a connection, its turn or another process's lock.
   *
   * @param timeout from 250 milliseconds to one hour; the default is 10 seconds
   * @return this builder
   * @throws IllegalArgumentException if the time is out of that range
   */
  public SqliteDatabaseBuilder busyTimeout(Duration timeout) {
    require(
        timeout.compareTo(SHORTEST_TIMEOUT) >= 0 && timeout.compareTo(LONGEST_TIMEOUT) <= 0,
        "busyTimeout",
        timeout,
        "from 250 ms to 1 hour");
    busyTimeout = timeout;
    return this;
  }

  /**
   * Sets the page cache of each connection.
   *
   * @param bytes from 64 KiB to 64 GiB; the default is 16 MiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public SqliteDatabaseBuilder cacheBytes(long bytes) {
    require(bytes >= 64L << 10 && bytes <= 64L << 30, "cacheBytes", bytes, "64 KiB to 64 GiB");
    cacheBytes = bytes;
    return this;
  }

  /**
   * Sets how much of the file is read through a memory map. A mapped file that another process cuts
   * short, or a disk that fails, ends the whole process instead of a read, so the default is none.
   *
   * @param bytes from 0 for none to 1 TiB
   * @return this builder
   * @throws IllegalArgumentException if the size is out of that range
   */
  public SqliteDatabaseBuilder mmapBytes(long bytes) {
    require(bytes >= 0 && bytes <= 1L << 40, "mmapBytes", bytes, "0 to 1 TiB");
    mmapBytes = bytes;
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
  public SqliteDatabaseBuilder walBytes(long bytes) {
    require(bytes >= 1L << 20 && bytes <= 64L << 30, "walBytes", bytes, "1 MiB to 64 GiB");
    walBytes = bytes;
    return this;
  }

  /**
   * Sets whether a database of an older schema, or a new one, is brought up to date at open.
   *
   * @param automatic false for people who run the scripts themselves; the default is true
   * @return this builder
   */
  public SqliteDatabaseBuilder autoMigrate(boolean automatic) {
    autoMigrate = automatic;
    return this;
  }

  /**
   * Sets the schema.
   *
   * @param steps the steps in ascending order
   * @return this builder
   * @throws IllegalArgumentException if their versions are not 1, 2, 3, …
   */
  public SqliteDatabaseBuilder migrations(List<Migration> steps) {
    for (int i = 0; i < steps.size(); i++) {
      require(steps.get(i).version() == i + 1, "migration", steps.get(i).version(), "" + (i + 1));
    }
    migrations = List.copyOf(steps);
    return this;
  }

  /**
   * Sets what looks at the database before anything in it is changed.
   *
   * @param guard refuses or converts it; the default takes everything
   * @return this builder
   */
  public SqliteDatabaseBuilder preparation(Preparation guard) {
    preparation = Objects.requireNonNull(guard, "guard must not be null");
    return this;
  }

  /**
   * Sets what joins every commit.
   *
   * @param joining the journal; the default joins nothing
   * @return this builder
   */
  public SqliteDatabaseBuilder journal(WriteJournal joining) {
    journal = Objects.requireNonNull(joining, "joining must not be null");
    return this;
  }

  /**
   * Opens the database.
   *
   * @return the open database, to be closed by the caller
   * @throws SqliteException if it cannot be opened; nothing stays open
   */
  public SqliteDatabase open() {
    return SqliteDatabase.open(
        new SqliteOptions(
            file,
            name,
            readers,
            durability,
            busyTimeout,
            cacheBytes,
            mmapBytes,
            walBytes,
            autoMigrate,
            migrations,
            preparation,
            journal));
  }

  private static void require(boolean holds, String name, Object value, String range) {
    if (!holds) {
      throw new IllegalArgumentException(name + " is " + value + "; allowed is " + range);
    }
  }
}
