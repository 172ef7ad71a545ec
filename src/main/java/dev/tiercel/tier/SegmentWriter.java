package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to the newest segment, and begins another when that is full. What is appended is
 * known to the index once it is flushed, and not before the file has all of it. Used under the lock
 * of the tier.
 */
final class SegmentWriter {
  private static final int STAGED = 256 << 10;
  private static final int NEW_FILE = Segment.HEADER + (int) SegmentFooter.bytes(0);

  private final SegmentFolder folder;
  private final TierLock lock;
  private final Segments segments;
  private final TierIndex index;
  private final TierTally tally;
  private final int segmentBytes;
  private final SecureRandom salts = new SecureRandom();
  private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGED);

  // Mutable state.
  private @Nullable Segment active;
  private final List<Appended> appended = new ArrayList<>();
  private int written;
  private int records;

  /**
   * A record that is not flushed yet.
   *
   * @param from where it was copied from, or 0
   */
  private record Appended(long hash, long order, long place, long from) {}

  SegmentWriter(
      SegmentFolder folder,
      TierLock lock,
      Segments segments,
      TierIndex index,
      TierTally tally,
      int segmentBytes) {
    this.folder = folder;
    this.lock = lock;
    this.segments = segments;
    this.index = index;
    this.tally = tally;
    this.segmentBytes = segmentBytes;
  }

  /** The longest record that has room in a segment. */
  long longest() {
    return Math.min(segmentBytes - Segment.HEADER - SegmentFooter.bytes(1), Place.MAX_LENGTH);
  }

  /** How many bytes the files will have more, once all is written that was begun. */
  long owed() {
    Segment now = active;
    return NEW_FILE + (now == null ? 0 : next() - now.end() + SegmentFooter.bytes(records));
  }

  private int next() {
    return written + staging.position();
  }

  boolean isActive(Segment segment) {
    return segment.equals(active);
  }

  /**
   * Appends a record.
   *
   * @param from where it is copied from, or 0
   */
  void append(EncodedKey key, RecordHeader header, byte[] bytes, long from) throws IOException {
    Segment to = active(header.aligned());
    int offset = next();
    CRC32C crc = new CRC32C();
    makeRoom(RecordHeader.BYTES);
    int start = staging.position();
    header.write(staging, to.salt, offset);
    crc.update(staging.duplicate().flip().position(start));
    crc.update(key.bytes());
    crc.update(bytes);
    stage(key.bytes());
    stage(bytes);
    makeRoom(Integer.BYTES + Place.ALIGNMENT);
    staging.putInt((int) crc.getValue());
    staging.put(new byte[header.aligned() - header.length()]);
    long place = Place.of(to.slot, offset, header.aligned());
    appended.add(new Appended(key.hash(), header.order(), place, from));
    records++;
  }

  private void stage(byte[] bytes) throws IOException {
    for (int done = 0; done < bytes.length; ) {
      makeRoom(1);
      int length = Math.min(staging.remaining(), bytes.length - done);
      staging.put(bytes, done, length);
      done += length;
    }
  }

  private void makeRoom(int length) throws IOException {
    if (staging.remaining() < length) {
      write();
    }
  }

  private void write() throws IOException {
    Segment to = active;
    if (to != null && staging.position() > 0) {
      int length = staging.flip().limit();
      to.file.write(staging, written);
      written += length;
    }
    staging.clear();
  }

  private Segment active(int length) throws IOException {
    Segment now = active;
    if (now != null && next() + length + SegmentFooter.bytes(records + 1) > segmentBytes) {
      flush();
      seal();
      now = null;
    }
    return now == null ? begin() : now;
  }

  private Segment begin() throws IOException {
    if (!lock.isInPlace()) {
      folder.make();
      lock.renew();
      forgetLost();
    }
    long id = segments.nextId();
    SharedFile file;
    try {
      file = SharedFile.create(folder.segment(id), OwnerOnly.file(folder.path()));
    } catch (FileAlreadyExistsException e) {
      return begin(); // Somebody else's, or one that could not be read.
    }
    Segment begun;
    try {
      begun = Segment.begin(id, segments.freeSlot(), salts.nextLong(), file);
    } catch (IOException e) {
      discard(file, e);
      throw e;
    }
    segments.add(begun);
    written = Segment.HEADER;
    records = 0;
    active = begun;
    return begun;
  }

  private static void discard(SharedFile file, IOException why) {
    try {
      file.close();
      Files.deleteIfExists(file.path());
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  /** Writes what is staged, and makes it known. */
  void flush() throws IOException {
    Segment to = active;
    if (to == null || appended.isEmpty()) {
      return;
    }
    write();
    to.end(written);
    segments.resize(to, written);
    for (Appended record : appended) {
      if (record.from() == 0) {
        index.put(record.hash(), record.order(), record.place());
      } else {
        // First: who looks for it in its old place must know that it is to be found here.
        to.carriedTo(Place.offset(record.place()) + Place.length(record.place()));
        index.move(record.hash(), record.from(), record.place());
      }
    }
    appended.clear();
  }

  /** Finishes the newest segment; all was flushed. */
  void seal() throws IOException {
    Segment done = active;
    if (done == null) {
      return;
    }
    if (done.end() == Segment.HEADER) {
      active = null;
      segments.delete(done);
      return;
    }
    EntryList entries = new EntryList();
    index.list(done.slot, entries);
    segments.resize(done, SegmentFooter.write(done.file, done, entries, staging));
    staging.clear();
    active = null;
  }

  /** Forgets what was not flushed, and appends no more to a file that could not be written. */
  void abandon() {
    Segment broken = active;
    active = null;
    appended.clear();
    staging.clear();
    if (broken == null) {
      return;
    }
    try {
      if (broken.end() == Segment.HEADER) {
        segments.delete(broken);
      } else {
        broken.file.truncate(broken.end());
        segments.resize(broken, broken.end());
      }
    } catch (IOException e) {
      segments.resize(broken, Math.max(broken.bytes(), next())); // As much as it may have.
    }
  }

  /** Makes sure that what is appended goes to a file which the next start finds. */
  void lookAfterFiles() {
    Segment now = active;
    if (now != null && !now.isInPlace()) {
      forgetLost();
      if (now.equals(active)) {
        abandon();
      }
    }
  }

  private void forgetLost() {
    for (Segment segment : segments.all()) {
      if (!Files.exists(segment.path())) {
        index.drop(segment.slot);
        tally.damaged.found(1);
        if (segment.equals(active)) {
          active = null;
        }
        segments.forgetLost(segment);
      }
    }
  }
}
