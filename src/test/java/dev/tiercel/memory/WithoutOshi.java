package dev.tiercel.memory;

import java.nio.file.Path;

/** Says what is known where neither {@code /proc} nor OSHI is there. */
final class WithoutOshi {
  private WithoutOshi() {}

  public static void main(String[] arguments) {
    System.out.println("oshi " + isThere("oshi.SystemInfo"));
    MemoryProfiler blind =
        MemoryProfiler.builder().source(new JvmSource(Path.of("no", "such", "status"))).build();
    MemorySnapshot now = blind.snapshot();
    System.out.println("rss " + now.rssBytes().isPresent());
    System.out.println("vms " + (now.vmsBytes().orElse(0) > now.heap().usedBytes()));
    System.out.println("heap " + (now.heap().usedBytes() > 0));
    System.out.println("measured " + blind.measure("work", () -> new byte[1_000].length).result());
    System.out.println("usual " + MemoryProfiler.system().snapshot().rssBytes().isPresent());
  }

  private static boolean isThere(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
