package dev.tiercel.memory;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Where the figures come from: {@link #jvm()}, or for tests whatever they want seen.
 *
 * <p>An implementation must be safe for use by any number of threads, and must not throw: what it
 * throws comes out of the call that asked.
 */
public interface MemorySource {
  /**
   * Everything about this process.
   *
   * @param at the moment to write into it
   * @return a snapshot
   */
  MemorySnapshot snapshot(Instant at);

  /**
   * What the calling thread has allocated on the heap since it began.
   *
   * @return bytes; empty where the JVM does not tell, as it does not of virtual threads
   */
  OptionalLong allocatedBytes();

  /**
   * What lies in the heap, garbage included.
   *
   * @return bytes
   */
  long heapUsedBytes();

  /**
   * What of the process lies in physical memory.
   *
   * @return bytes; empty where nobody tells
   */
  OptionalLong rssBytes();

  /**
   * This JVM. RSS and VMS are read from {@code /proc/self/status}; where there is none, by OSHI 7
   * if it is on the class path (on the module path, if {@code --add-modules com.github.oshi}
   * resolves it); otherwise VMS is the JVM's own figure and RSS is empty.
   *
   * @return the source
   */
  static MemorySource jvm() {
    return JvmSource.SHARED;
  }
}
