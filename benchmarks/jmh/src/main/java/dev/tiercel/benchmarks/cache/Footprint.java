package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jol.info.GraphLayout;

/**
 * The bytes that an entry needs beside its key and its value, counted object by object. The time is
 * that of the counting and means nothing.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Djol.magicFieldOffset=true", "-XX:+EnableDynamicAgentLoading"})
@Measurement(iterations = 1)
public class Footprint {
  /** What was counted. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(Scope.Thread)
  public static class Bytes {
    public double caffeinePerEntry;
    public double tiercelPerEntry;
    public double morePerEntry;
  }

  /** Whether the tags of an entry are those of many others, or its own. */
  @State(Scope.Benchmark)
  public static class Sharing {
    @Param({"SHARED", "OWN"})
    public String tags;

    @Param("50000")
    public int entries;
  }

  @Benchmark
  public void count(Bytes bytes, Sharing sharing) {
    bytes.caffeinePerEntry = caffeine(sharing.entries);
    bytes.tiercelPerEntry = tiercel(sharing.entries, sharing.tags.equals("OWN"));
    bytes.morePerEntry = bytes.tiercelPerEntry - bytes.caffeinePerEntry;
  }

  private static double caffeine(int entries) {
    Cache<HitKey, String> cache =
        Caffeine.newBuilder().maximumSize(2L * entries).executor(Runnable::run).build();
    cache.put(HitKey.of(-1), "value");
    long empty = size(cache);
    for (int i = 0; i < entries; i++) {
      cache.put(HitKey.of(i), "value");
    }
    cache.cleanUp();
    return (double) (size(cache) - empty) / entries;
  }

  private static double tiercel(int entries, boolean own) {
    try (TieredCache cache =
        TieredCache.builder().entries(2L * entries).executor(Runnable::run).onlyWriter().build()) {
      TypedCache<String> texts = cache.typed(String.class);
      long empty = size(cache);
      for (int i = 0; i < entries; i++) {
        HitKey key = HitKey.of(i);
        Tag third = Tag.of(own ? "task:" + i : "agent:" + key.agent());
        texts.get(key, Tags.of(Tag.of("tasks"), Tag.of("status:OPEN"), third), () -> "value");
      }
      return (double) (size(cache) - empty) / entries;
    }
  }

  private static long size(Object root) {
    return GraphLayout.parseInstance(root).totalSize();
  }
}
