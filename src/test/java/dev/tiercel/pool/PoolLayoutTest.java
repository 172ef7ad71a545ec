package dev.tiercel.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.info.FieldLayout;

/** How a pool is built: nothing that two threads write lies on one cache line, and no monitor. */
class PoolLayoutTest {
  private static final int APART = 128;

  @Test
  void whatChangesInAPlaceIsFarFromEverythingElse() {
    ClassLayout layout = ClassLayout.parseClass(Place.class);
    assertApart(layout, "state");
    assertApart(layout, "uses");
  }

  @Test
  void theNumberThatEverybodyLooksAtIsFarFromEverythingElse() {
    assertApart(ClassLayout.parseClass(WaitLine.class), "needed");
  }

  private static void assertApart(ClassLayout layout, String field) {
    FieldLayout found =
        layout.fields().stream().filter(f -> f.name().equals(field)).findFirst().orElseThrow();
    assertEquals(8, found.size());
    assertTrue(found.offset() >= APART, layout::toPrintable);
    assertTrue(layout.instanceSize() - found.offset() - 8 >= APART, layout::toPrintable);
  }

  @Test
  void noMethodOfThePoolIsOrHasAMonitor() throws IOException {
    String code = disassembled(Path.of("target", "classes", "dev", "tiercel", "pool"));
    assertTrue(code.contains("class dev.tiercel.pool.ObjectPool"), code);
    assertFalse(hasMonitor(code));
  }

  @Test
  void aMonitorWouldBeSeen() throws IOException {
    Path tests = Path.of("target", "test-classes", "dev", "tiercel", "pool");
    assertTrue(hasMonitor(disassembled(tests.resolve("PoolLayoutTest$Locks.class"))));
    assertTrue(hasMonitor(disassembled(tests.resolve("PoolLayoutTest$Locked.class"))));
  }

  private static boolean hasMonitor(String code) {
    return code.contains("monitorenter") || code.contains("ACC_SYNCHRONIZED");
  }

  private static String disassembled(Path classes) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-p", "-c", "-v"));
    try (Stream<Path> files = Files.walk(classes)) {
      files.map(Path::toString).filter(file -> file.endsWith(".class")).forEach(arguments::add);
    }
    StringWriter out = new StringWriter();
    ToolProvider javap = ToolProvider.findFirst("javap").orElseThrow();
    int status =
        javap.run(new PrintWriter(out), new PrintWriter(out), arguments.toArray(String[]::new));
    assertEquals(0, status, out::toString);
    return out.toString();
  }

  static final class Locks {
    int count;

    void count() {
      synchronized (this) {
        count++;
      }
    }
  }

  static final class Locked {
    int count;

    synchronized void count() {
      count++;
    }
  }
}
