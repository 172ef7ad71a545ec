package dev.tiercel.memory;

import java.time.Instant;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What the process holds at a moment. Immutable.
 *
 * @param at when it was taken
 * @param rssBytes what of it lies in physical memory (resident set size); empty where neither the
 *     operating system's {@code /proc} nor OSHI tells
 * @param rssPeakBytes the most that did so far; empty where {@code /proc} does not tell
 * @param vmsBytes the size of its address space; by the JVM, where that is all there is, the memory
 *     that is promised to it; empty where nobody tells
 * @param cpu its processor time
 * @param heap the Java heap
 * @param nonHeap classes and compiled code
 * @param direct direct buffers
 * @param mapped files that are mapped into memory
 * @param gc the collectors' work
 */
public record MemorySnapshot(
    Instant at,
    OptionalLong rssBytes,
    OptionalLong rssPeakBytes,
    OptionalLong vmsBytes,
    CpuUsage cpu,
    HeapUsage heap,
    NonHeapUsage nonHeap,
    BufferUsage direct,
    BufferUsage mapped,
    GcUsage gc) {
  /** Checks that nothing is null. */
  public MemorySnapshot {
    Objects.requireNonNull(at, "at must not be null");
    Objects.requireNonNull(rssBytes, "rssBytes must not be null");
    Objects.requireNonNull(rssPeakBytes, "rssPeakBytes must not be null");
    Objects.requireNonNull(vmsBytes, "vmsBytes must not be null");
    Objects.requireNonNull(cpu, "cpu must not be null");
    Objects.requireNonNull(heap, "heap must not be null");
    Objects.requireNonNull(nonHeap, "nonHeap must not be null");
    Objects.requireNonNull(direct, "direct must not be null");
    Objects.requireNonNull(mapped, "mapped must not be null");
    Objects.requireNonNull(gc, "gc must not be null");
  }
}
