package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In a real JVM, with real collections, a leak is found and a steady program left in peace. */
class LeakIT {
  private static final Pattern LEAK =
      Pattern.compile("leak within sixty: GROWING: ([0-9,]+) B/s .*", Pattern.DOTALL);

  private static String run(String collector, String how, int seconds) throws Exception {
    return ChildJvm.run(
        Duration.ofMinutes(2),
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

  private static String serve(String options, int kept, int leaked) throws Exception {
    return ChildJvm.run(
        Duration.ofMinutes(2),
        List.of(options.split(" ")),
        ChildJvm.classPath(),
        ServingProgram.class,
        "" + kept,
        "" + leaked);
  }

  @ParameterizedTest
  @CsvSource({
    "-XX:+UseSerialGC -Xmx64m, 4000, 80",
    "-XX:+UseParallelGC -Xmx64m, 4000, 80",
    "-XX:+UseG1GC -Xmx256m -Xmn16m, 1000, 180", // Its mixed collections leave much that is dead.
    "-XX:+UseZGC -Xmx256m, 4000, 150"
  })
  void aLeakIsFoundByTheCollectionsThatComeByThemselves(String options, int kept, int leaked)
      throws Exception {
    String said = serve(options, kept, leaked);
    assertTrue(said.contains("told GROWING: "), said);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-XX:+UseSerialGC -Xmx64m",
        "-XX:+UseParallelGC -Xmx64m",
        "-XX:+UseG1GC -Xmx96m",
        "-XX:+UseZGC -Xmx160m"
      })
  void whatIsPromotedAndDiesOldIsNoLeak(String options) throws Exception {
    String said = serve(options, 4_000, 0);
    assertFalse(said.contains("told"), said);
    assertFalse(said.contains("NOT_ENOUGH_SAMPLES"), said);
  }

  @Test
  void generationalShenandoahSaysThatItDoesNotKnow() throws Exception {
    assumeTrue(Runtime.version().feature() >= 25, "it is an experiment, or not there");
    String said =
        ChildJvm.run(
            Duration.ofMinutes(2),
            List.of("-Xmx192m", "-XX:+UseShenandoahGC", "-XX:ShenandoahGCMode=generational"),
            ChildJvm.classPath(),
            LeakingProgram.class,
            "leaking",
            "60");
    assertTrue(said.startsWith("NOT_ENOUGH_SAMPLES"), said);
  }
}
