package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without OSHI on the class path everything works; only what nobody tells is left out. */
class WithoutOshiTest {
  @Test
  void onlyTheResidentSetSizeIsMissing() throws Exception {
    String said =
        ChildJvm.run(
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
            ChildJvm.classPathWithout("oshi", "jna"),
            WithoutOshi.class);
    boolean proc = Files.isReadable(Path.of("/proc/self/status"));
    assertEquals(
        List.of(
            "oshi false", "rss false", "vms true", "heap true", "measured 1000", "usual " + proc),
        said.lines().toList());
  }
}
