package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot says what the operating system and the JVM say. */
class MemorySnapshotTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final Path NOWHERE = Path.of("no", "such", "status");

  private final MemoryProfiler profiler = MemoryProfiler.system();
  private final List<byte[]> held = new ArrayList<>();
  private ByteBuffer buffer;

  /** Retries, because memory comes and goes between the one look and the other. */
  private static void assertWithin5Percent(
      Callable<Long> theirs, ToLongFunction<MemorySnapshot> ours, MemoryProfiler profiler)
      throws Exception {
    String seen = "";
    for (int attempt = 0; attempt < 50; attempt++) {
      long before = theirs.call();
      long said = ours.applyAsLong(profiler.snapshot());
      long after = theirs.call();
      if (said >= 0.95 * Math.min(before, after) && said <= 1.05 * Math.max(before, after)) {
        return;
      }
      seen = before + " and " + after + ", but the snapshot said " + said;
    }
    throw new AssertionError("the operating system said " + seen);
  }

  private static long ps(String column) throws IOException {
    Process ps =
        new ProcessBuilder("ps", "-o", column + "=", "-p", "" + ProcessHandle.current().pid())
            .start();
    String said = new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return 1_024 * Long.parseLong(said.strip());
  }

  @Test
  void rssAndVmsAreWhatPsPrints() throws Exception {
    assumeTrue(isThere("/bin/ps") || isThere("/usr/bin/ps"), "there is no ps");
    assertWithin5Percent(() -> ps("rss"), now -> now.rssBytes().orElseThrow(), profiler);
    assertWithin5Percent(() -> ps("vsz"), now -> now.vmsBytes().orElseThrow(), profiler);
  }

  @Test
  void rssIsTheSumOfWhatIsMapped() throws Exception {
    Path rollup = Path.of("/proc/self/smaps_rollup");
    assumeTrue(isThere(rollup.toString()), "this is no Linux");
    assertWithin5Percent(
        () ->
            Files.readString(rollup)
                .lines()
                .filter(line -> line.startsWith("Rss:"))
                .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("\\D", "")))
                .sum(),
        now -> now.rssBytes().orElseThrow(),
        profiler);
  }

  @Test
  void withoutProcOshiSaysTheSame() throws Exception {
    assumeTrue(isThere("/proc/self/status"), "there is nothing to compare with");
    MemoryProfiler byOshi = MemoryProfiler.builder().source(new JvmSource(NOWHERE)).build();
    assertTrue(byOshi.snapshot().rssPeakBytes().isEmpty(), "only /proc tells that");
    assertWithin5Percent(
        () -> profiler.snapshot().rssBytes().orElseThrow(),
        now -> now.rssBytes().orElseThrow(),
        byOshi);
    assertWithin5Percent(
        () -> profiler.snapshot().vmsBytes().orElseThrow(),
        now -> now.vmsBytes().orElseThrow(),
        byOshi);
  }

  private static boolean isThere(String file) {
    return Files.isReadable(Path.of(file));
  }

  @Test
  void anInterruptHidesNothing() {
    OptionalLong usual = profiler.snapshot().rssBytes();
    Thread.currentThread().interrupt();
    try {
      assertEquals(usual.isPresent(), profiler.snapshot().rssBytes().isPresent());
      assertEquals(
          usual.isPresent(), profiler.run("interrupted", () -> {}).rssAfterBytes().isPresent());
    } finally {
      assertTrue(Thread.interrupted());
    }
  }

  @Test
  void linesOfTheKernelAreReadInBytes() {
    ProcessMemory read =
        ProcStatus.parse(
            """
            Name:\tVmRSS: 7 kB
            VmPeak:\t 9000 kB
            VmSize:\t 8000 kB
            VmHWM:\t 600 kB
            VmRSS:\t     500 kB
            RssAnon:\t 400 kB
            """);
    assertEquals(OptionalLong.of(512_000), read.rssBytes());
    assertEquals(OptionalLong.of(614_400), read.rssPeakBytes());
    assertEquals(OptionalLong.of(8_192_000), read.vmsBytes());
  }

  @Test
  void aFileOfAnyLengthIsReadToItsEnd(@TempDir Path folder) throws IOException {
    for (int groups : new int[] {0, 2_048 - 32, 2_047, 2_048, 4_096, 10_000}) {
      Path file = folder.resolve("status");
      Files.writeString(file, "Groups:\t" + "1".repeat(groups) + "\nVmRSS:\t  500 kB\n");
      assertEquals(OptionalLong.of(512_000), new ProcStatus(file).get().rssBytes(), "" + groups);
    }
    assertEquals(
        ProcessMemory.UNKNOWN, new ProcStatus(Files.createFile(folder.resolve("empty"))).get());
  }

  @Test
  void whatCannotBeReadIsEmpty() {
    for (String status :
        List.of("", "Name: x\n", "\nVmRSS:", "\nVmRSS: kB", "\nVmRSS: 12", "\nVmRSS: 12 MB")) {
      assertEquals(ProcessMemory.UNKNOWN, ProcStatus.parse(status), status);
    }
    assertEquals(ProcessMemory.UNKNOWN, new ProcStatus(NOWHERE).get());
  }

  @Test
  void theHeapIsThatOfTheJvm() {
    HeapUsage heap = profiler.snapshot().heap();
    assertTrue(heap.usedBytes() > 0 && heap.usedBytes() <= heap.committedBytes(), heap::toString);
    assertTrue(heap.peakBytes() >= heap.usedBytes(), heap::toString);
    assertEquals(Runtime.getRuntime().maxMemory(), heap.maxBytes().orElseThrow());
    assertTrue(profiler.snapshot().nonHeap().usedBytes() > MEBIBYTE);
  }

  @Test
  void whatIsHeldIsLeftAfterACollectionAndGarbageIsNot() {
    System.gc();
    MemorySnapshot before = profiler.snapshot();
    long garbage = 0;
    for (int i = 0; i < 40; i++) {
      held.add(new byte[MEBIBYTE]);
      garbage += new byte[MEBIBYTE].length;
    }
    System.gc();
    MemorySnapshot after = profiler.snapshot();
    assertEquals(40L * MEBIBYTE, garbage);
    long grown =
        after.heap().liveSetBytes().orElseThrow() - before.heap().liveSetBytes().orElseThrow();
    assertTrue(grown > 30L * MEBIBYTE && grown < 55L * MEBIBYTE, () -> "grown by " + grown);
    assertTrue(after.heap().afterGcBytes().orElseThrow() > 40L * MEBIBYTE);
    assertTrue(after.gc().count() > before.gc().count());
    assertTrue(after.gc().longLivedCount() > before.gc().longLivedCount());
    assertTrue(after.gc().pauseMillis() >= before.gc().pauseMillis());
  }

  @Test
  void theLiveSetStandsStillBetweenCollections() {
    System.gc();
    long collections;
    do { // Until none comes in between.
      MemorySnapshot before = profiler.snapshot();
      for (int i = 0; i < 10; i++) {
        held.add(new byte[2 * MEBIBYTE]); // G1 has it lie among the long-lived at once.
      }
      MemorySnapshot after = profiler.snapshot();
      collections = after.gc().count() - before.gc().count();
      if (collections == 0) {
        assertEquals(before.heap().liveSetBytes(), after.heap().liveSetBytes());
        assertTrue(after.heap().usedBytes() - before.heap().usedBytes() > 15L * MEBIBYTE);
      }
      held.clear();
    } while (collections > 0);
  }

  @Test
  void directBuffersAreCounted() {
    BufferUsage before = profiler.snapshot().direct();
    buffer = ByteBuffer.allocateDirect(32 * MEBIBYTE);
    BufferUsage after = profiler.snapshot().direct();
    assertTrue(after.usedBytes() - before.usedBytes() > 16L * MEBIBYTE, after::toString);
    assertEquals(32 * MEBIBYTE, buffer.capacity());
  }

  @Test
  void processorTimeGrows() {
    long before = profiler.snapshot().cpu().timeNanos().orElseThrow();
    long sum = 0;
    MemorySnapshot now = profiler.snapshot();
    while (now.cpu().timeNanos().orElseThrow() == before) {
      sum += now.hashCode();
      now = profiler.snapshot();
    }
    assertTrue(now.cpu().timeNanos().orElseThrow() > before, "" + sum);
    now.cpu().load().ifPresent(load -> assertTrue(load >= 0 && load <= 1, "" + load));
  }

  @Test
  void theSharedOneStaysTheSameWhenItIsClosed() {
    profiler.close();
    assertEquals(MemoryProfiler.system(), profiler);
    assertTrue(profiler.snapshot().heap().usedBytes() > 0);
  }
}
