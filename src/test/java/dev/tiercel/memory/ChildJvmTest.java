package dev.tiercel.memory;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A child that hangs does not hang the tests. */
class ChildJvmTest {
  /** Never ends. */
  static final class Endless {
    private Endless() {}

    public static void main(String[] arguments) {
      while (true) {
        LockSupport.park();
      }
    }
  }

  @Test
  void aChildThatDoesNotEndIsKilledAtTheLimit() {
    AssertionError error =
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () ->
                assertThrows(
                    AssertionError.class,
                    () ->
                        ChildJvm.run(
                            Duration.ofMillis(1),
                            List.of("-XX:TieredStopAtLevel=1"),
                            ChildJvm.classPath(),
                            Endless.class)));
    assertTrue(error.getMessage().contains("did not end"), error.getMessage());
  }
}
