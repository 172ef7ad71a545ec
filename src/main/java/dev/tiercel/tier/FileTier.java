package dev.tiercel.tier;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A tier in files of its own, for values that are large or many. A look-up is one read of a file.
 *
 * <p>The folder belongs to one tier in one process. The files in it are for their owner only, where
 * the file system knows owners; what else is in the folder is left alone. They are not forced to
 * the disk: they outlive the process, and as much as the system wrote outlives the system.
 *
 * <p>A restart may bring back a record that was removed by {@link #removeIf}, or that was to be
 * replaced by one which was refused or was damaged later: its bytes are still in a file. The cache
 * judges what it gets back by its stamp.
 */
public final class FileTier implements CacheTier {
  /*
   * As in Bitcask (Sheehy, Smith: "Bitcask: A Log-Structured Hash Table for Fast Key/Value Data"):
   * records are appended to a file, the segment, and an index in memory knows where each is. A read is
   * one pread of the segment. When the bound is reached the oldest segment goes (Reclaim).
   *
   * Writers take a lock; readers take none of it, only that of a part of the index for a moment. What
   * a reader found in the index may have moved or gone before it is read. So a record carries its
   * checksum, key and place, and if they are not what was looked for, the index is asked again.
   */
  private final TierLock owner;
  private final SegmentFolder folder;
  private final long maxBytes;
  private final TierTally tally;
  private final TierIndex index = new TierIndex();
  private final Segments segments = new Segments();
  private final RecordReader reader = new RecordReader();
  private final SegmentWriter writer;
  private final Reclaim reclaim;
  private final ReentrantLock writing = new ReentrantLock();
  private volatile boolean closed;

  FileTier(SegmentFolder folder, TierLock owner, long maxBytes, int segmentBytes) {
    this.folder = folder;
    this.owner = owner;
    this.maxBytes = maxBytes;
    tally = new TierTally(folder.path());
    writer = new SegmentWriter(folder, owner, segments, index, tally, segmentBytes);
    reclaim = new Reclaim(segments, index, reader, writer, tally, maxBytes, segmentBytes);
  }

  /** Opens a tier of which everything is known. */
  static FileTier open(Path path, long maxBytes, int segmentBytes) {
    try {
      new SegmentFolder(path).make();
      SegmentFolder folder = new SegmentFolder(path.toRealPath());
      return open(folder, TierLock.of(folder.lock()), maxBytes, segmentBytes);
    } catch (IOException e) {
      throw failed(path, "opened", e);
    }
  }

  private static FileTier open(
      SegmentFolder folder, TierLock owner, long maxBytes, int segmentBytes) throws IOException {
    FileTier tier = null;
    try {
      tier = new FileTier(folder, owner, maxBytes, segmentBytes);
      tier.load();
      return tier;
    } catch (Throwable e) {
      TierLock.giveUp(tier == null ? owner : tier, e);
      throw e;
    }
  }

  private void load() throws IOException {
    new SegmentLoader(folder, segments, index, reader, tally).load();
    reclaim.trim();
  }

  /**
   * Opens a tier of at most 1 GiB.
   *
   * @param folder where its files are; it is made if it is not there
   * @return the tier, which whoever opened it closes
   * @throws CacheTierException if another tier uses the folder, or if it cannot be used at all
   */
  public static FileTier open(Path folder) {
    return builder(folder).open();
  }

  /**
   * Describes a tier.
   *
   * @param folder where its files are; it is made if it is not there
   * @return a builder
   */
  public static FileTierBuilder builder(Path folder) {
    return new FileTierBuilder(Objects.requireNonNull(folder, "folder must not be null"));
  }

  @Override
  public String name() {
    return "files";
  }

  @Override
  public @Nullable TierRecord get(String key) {
    EncodedKey encoded = EncodedKey.of(key);
    long hash = encoded.hash();
    long place = index.read(hash);
    while (place != 0) {
      Segment segment = segments.at(Place.slot(place));
      TierRecord found = segment == null ? null : read(segment, place, encoded, key);
      if (found != null) {
        return found;
      }
      long again = index.read(hash);
      if (again == place) {
        dropIfDamaged(hash, place);
        break;
      }
      place = again;
    }
    requireOpen();
    return null;
  }

  private @Nullable TierRecord read(Segment segment, long place, EncodedKey key, String text) {
    try {
      return reader.read(segment, place, key, text);
    } catch (ClosedChannelException | NoSuchFileException e) {
      return null; // It is gone, on purpose or not.
    } catch (IOException e) {
      throw failed(segment.path(), "read", e);
    }
  }

  /* What is whole there is of another key with this hash. */
  private void dropIfDamaged(long hash, long place) {
    Segment segment = segments.at(Place.slot(place));
    if (segment != null && !closed && !isWhole(segment, place) && index.remove(hash, place)) {
      tally.damaged.found(1);
    }
  }

  private boolean isWhole(Segment segment, long place) {
    try {
      return reader.read(segment, place) != null;
    } catch (ClosedChannelException | NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw failed(segment.path(), "read", e);
    }
  }

  @Override
  public void put(List<TierRecord> records) {
    writing.lock();
    try {
      requireOpen();
      append(records);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void remove(List<TierRecord> records) {
    writing.lock();
    try {
      requireOpen();
      records.forEach(r -> index.removeUpTo(EncodedKey.of(r.key()).hash(), r.order()));
    } finally {
      writing.unlock();
    }
  }

  private void append(List<TierRecord> records) {
    boolean done = false;
    try {
      writer.lookAfterFiles();
      for (TierRecord record : records) {
        append(record);
      }
      writer.flush();
      reclaim.compact();
      done = true;
    } catch (IOException e) {
      throw failed(folder.path(), "written", e);
    } finally {
      if (!done) {
        writer.abandon();
      }
    }
  }

  private void append(TierRecord record) throws IOException {
    EncodedKey key = EncodedKey.of(record.key());
    long length = RecordHeader.aligned(key, record);
    if (length > writer.longest()) {
      writer.flush(); // It may replace one of those.
      index.removeUpTo(key.hash(), record.order());
      tally.refused.increment();
    } else if (!index.isNewer(key.hash(), record.order())) {
      reclaim.makeRoom(length);
      writer.append(key, RecordHeader.of(key, record), record.bytes(), 0);
    }
  }

  @Override
  public long removeIf(Predicate<TierRecord> picked) {
    requireOpen();
    long removed = 0;
    long newest = segments.lastId();
    for (Segment at = segments.after(-1); at != null; at = segments.after(at.id)) {
      // What is put meanwhile may be seen or not; what is moved must be.
      int to = at.id > newest ? at.carriedTo() : at.end();
      removed += removeIf(picked, at, to);
    }
    compact();
    return removed;
  }

  private long removeIf(Predicate<TierRecord> picked, Segment segment, int to) {
    long removed = 0;
    try (SegmentScan scan = new SegmentScan(segment, reader, to)) {
      for (StoredRecord found = scan.next(); found != null; found = scan.next()) {
        long hash = found.key().hash();
        long place = found.place(segment.slot);
        if (index.isAt(hash, place) && picked.test(found.toRecord()) && index.remove(hash, place)) {
          removed++;
        }
      }
    } catch (ClosedChannelException | NoSuchFileException e) {
      requireOpen(); // Else only the segment is gone.
    } catch (IOException e) {
      throw failed(segment.path(), "read", e);
    }
    return removed;
  }

  /* Segment by segment, so that others get their turn. */
  private void compact() {
    boolean more = true;
    while (more) {
      writing.lock();
      try {
        more = !closed && reclaim.compact();
      } catch (IOException e) {
        writer.abandon();
        throw failed(folder.path(), "written", e);
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public void clear() {
    writing.lock();
    try {
      requireOpen();
      index.clear();
      writer.abandon();
      deleteAll();
    } finally {
      writing.unlock();
    }
  }

  private void deleteAll() {
    CacheTierException failure = null;
    for (Segment segment : segments.all()) {
      try {
        segments.delete(segment);
      } catch (IOException e) {
        CacheTierException another = failed(segment.path(), "deleted", e);
        if (failure != null) {
          another.addSuppressed(failure);
        }
        failure = another;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public TierUse use() {
    return new TierUse(
        index.entries(),
        segments.bytes(),
        maxBytes,
        tally.evicted.sum(),
        tally.refused.sum(),
        tally.damaged.sum());
  }

  @Override
  public void close() {
    writing.lock();
    try {
      if (!closed) {
        closed = true;
        finish();
      }
    } catch (IOException e) {
      throw failed(folder.path(), "closed", e);
    } finally {
      writing.unlock();
    }
  }

  private void finish() throws IOException {
    try (owner) {
      try {
        writer.seal();
      } catch (IOException e) {
        writer.abandon(); // The next start reads the records themselves.
      }
      segments.close();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the tier in " + folder + " is closed; open it again");
    }
  }

  private static CacheTierException failed(Path file, String done, IOException e) {
    return new CacheTierException(
        ("%s cannot be %s: %s; see that its disk has room and that its owner may write there; then"
                + " the tier goes on by itself")
            .formatted(file, done, e),
        e);
  }
}
