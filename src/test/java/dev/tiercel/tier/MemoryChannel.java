package dev.tiercel.tier;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;

/** A file that is no file: what millions of tries write never comes to a disk. */
class MemoryChannel extends FileChannel {
  private byte[] bytes = new byte[1 << 10];
  private int size;

  @Override
  public int read(ByteBuffer to, long position) {
    if (position >= size) {
      return -1;
    }
    int count = (int) Math.min(to.remaining(), size - position);
    to.put(bytes, (int) position, count);
    return count;
  }

  @Override
  public int write(ByteBuffer from, long position) {
    int count = from.remaining();
    int end = Math.toIntExact(position + count);
    if (end > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * end);
    }
    if (position > size) {
      Arrays.fill(bytes, size, (int) position, (byte) 0);
    }
    from.get(bytes, (int) position, count);
    size = Math.max(size, end);
    return count;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public FileChannel truncate(long length) {
    size = (int) Math.min(size, length);
    return this;
  }

  @Override
  public void force(boolean metaData) {}

  @Override
  protected void implCloseChannel() throws IOException {}

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("files are read and written at positions only");
  }

  @Override
  public int read(ByteBuffer to) {
    throw unused();
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) {
    throw unused();
  }

  @Override
  public int write(ByteBuffer from) {
    throw unused();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw unused();
  }

  @Override
  public long position() {
    throw unused();
  }

  @Override
  public FileChannel position(long position) {
    throw unused();
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel to) {
    throw unused();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long position, long count) {
    throw unused();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long length) {
    throw unused();
  }

  @Override
  public FileLock lock(long position, long length, boolean shared) {
    throw unused();
  }

  @Override
  public FileLock tryLock(long position, long length, boolean shared) {
    throw unused();
  }
}
