package dev.tiercel.memory;

import java.util.OptionalLong;
import java.util.function.Supplier;
import oshi.SystemInfo;
import oshi.software.os.OSProcess;
import oshi.software.os.OperatingSystem;

/**
 * Asks OSHI about this process. Whoever makes one must be ready for a {@link LinkageError}: OSHI
 * may not be there.
 */
final class OshiProcess implements Supplier<ProcessMemory> {
  private final OperatingSystem system = new SystemInfo().getOperatingSystem();

  @Override
  public ProcessMemory get() {
    OSProcess process = system.getCurrentProcess();
    return new ProcessMemory(
        ProcessMemory.known(process.getResidentMemory()),
        OptionalLong.empty(),
        ProcessMemory.known(process.getVirtualSize()));
  }
}
