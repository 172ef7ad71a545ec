package dev.tiercel.memory;

import com.sun.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What the operating system counts for this process. Immutable. */
record ProcessMemory(OptionalLong rssBytes, OptionalLong rssPeakBytes, OptionalLong vmsBytes) {
  static final ProcessMemory UNKNOWN =
      new ProcessMemory(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** The best way there is to learn it. */
  static Supplier<ProcessMemory> best(Path status, OperatingSystemMXBean system) {
    ProcStatus proc = new ProcStatus(status);
    if (proc.get().rssBytes().isPresent()) {
      return proc;
    }
    try {
      Supplier<ProcessMemory> oshi = new OshiProcess();
      if (oshi.get().rssBytes().isPresent()) {
        return oshi;
      }
    } catch (LinkageError | RuntimeException e) { // It is optional, and native.
      LoggerFactory.getLogger(MemoryProfiler.class)
          .debug("the resident set size is unknown: neither {} nor OSHI is there", status, e);
    }
    return () ->
        new ProcessMemory(
            OptionalLong.empty(),
            OptionalLong.empty(),
            known(system.getCommittedVirtualMemorySize()));
  }

  /** A figure that is negative, or zero, where it is not known. */
  static OptionalLong known(long figure) {
    return figure > 0 ? OptionalLong.of(figure) : OptionalLong.empty();
  }
}
