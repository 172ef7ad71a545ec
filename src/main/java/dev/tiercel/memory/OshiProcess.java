package dev.tiercel.memory;

import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;

/**
 * Asks OSHI about this process. Whoever makes one must be ready for a {@link LinkageError}: OSHI
 * may not be there. Asked later it does not fail; what it cannot tell is unknown.
 */
final class OshiProcess implements Supplier<ProcessMemory> {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryProfiler.class);

  private final Supplier<? extends @Nullable OSProcess> current;

  OshiProcess() {
    this(new SystemInfo().getOperatingSystem()::getCurrentProcess);
  }

  OshiProcess(Supplier<? extends @Nullable OSProcess> current) {
    this.current = current;
  }

  @Override
  public ProcessMemory get() {
    try {
      OSProcess process = current.get();
      if (process != null) {
        return new ProcessMemory(
            ProcessMemory.ifPositive(process.getResidentMemory()),
            OptionalLong.empty(),
            ProcessMemory.ifPositive(process.getVirtualSize()));
      }
    } catch (LinkageError | RuntimeException e) { // It calls the operating system itself.
      LOG.debug("OSHI failed", e);
    }
    return ProcessMemory.UNKNOWN;
  }
}
