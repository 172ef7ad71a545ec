package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a real JVM, with real collections, a leak is found and a steady program left in peace. */
class LeakIT {
  private static final Pattern LEAK =
      Pattern.compile("leak within sixty: GROWING: ([0-9,]+) B/s .*", Pattern.DOTALL);

  private static String run(String collector, String how, int seconds) throws Exception {
    return ChildJvm.run(
        List.of("-Xmx192m", "-XX:+" + collector),
        ChildJvm.classPath(),
        LeakingProgram.class,
        how,
        "" + seconds);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC"})
  void aMegabyteASecondIsFound(String collector) throws Exception {
    String said = run(collector, "leaking", 60);
    Matcher leak = LEAK.matcher(said);
    assertTrue(leak.matches(), said);
    assertEquals(1e6, Double.parseDouble(leak.group(1).replace(",", "")), 0.25e6, said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseParallelGC", "UseG1GC", "UseZGC"})
  void garbageIsNoLeak(String collector) throws Exception {
    String said = run(collector, "steady", 150);
    assertTrue(said.startsWith("STEADY"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UseSerialGC", "UseG1GC"})
  void aCacheThatIsFullIsNoLeak(String collector) throws Exception {
    String said = run(collector, "filling", 120);
    assertTrue(said.startsWith("STEADY"), said);
    assertTrue(said.contains("30 kept"), said);
  }
}
