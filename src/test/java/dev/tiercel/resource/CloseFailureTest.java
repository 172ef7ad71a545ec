package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CloseFailureTest {
  private final Journal journal = new Journal();
  private final ResourceManager manager = ResourceManager.named("house");

  @Test
  void theFirstFailureIsThrownAndLaterOnesAreSuppressed() {
    RuntimeException first = new IllegalArgumentException("first");
    IOException second = new IOException("second");
    manager.onClose("c", journal.closes("c"));
    manager.onClose("b", journal.fails("b", second));
    manager.onClose("a", journal.fails("a", first));

    var thrown = assertThrows(IllegalArgumentException.class, manager::close);

    assertSame(first, thrown);
    assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
    assertEquals(List.of("a", "b", "c"), journal.lines());
  }

  @Test
  void anErrorIsThrownAsItIs() {
    Error failure = new AssertionError("error");
    manager.onClose("below", journal.closes("below"));
    manager.onClose(
        "broken",
        () -> {
          throw failure;
        });

    assertSame(failure, assertThrows(AssertionError.class, manager::close));
    assertEquals(List.of("below"), journal.lines());
  }

  @Test
  void aCheckedExceptionIsWrappedWithTheNameOfItsResource() {
    IOException failure = new IOException("disk full");
    RuntimeException second = new IllegalStateException("second");
    manager.onClose("other", journal.fails("other", second));
    manager.onClose("file", journal.fails("file", failure));

    var thrown = assertThrows(ResourceCloseException.class, manager::close);

    assertSame(failure, thrown.getCause());
    assertTrue(thrown.toString().contains("'file'"), thrown.toString());
    assertArrayEquals(new Throwable[] {second}, thrown.getSuppressed());
  }

  @Test
  void oneExceptionThrownByTwoResourcesDoesNotSuppressItself() {
    for (Exception same : List.of(new IllegalStateException("same"), new IOException("same"))) {
      ResourceManager twice = new ResourceManager();
      twice.onClose("b", journal.fails("b", same));
      twice.onClose("a", journal.fails("a", same));

      var thrown = assertThrows(RuntimeException.class, twice::close);

      assertEquals(0, thrown.getSuppressed().length);
      assertEquals(2, twice.report().failures().size());
    }
  }

  @Test
  void theReportKeepsWhatAThrowableWithoutSuppressionDrops() {
    IOException second = new IOException("second");
    manager.onClose("b", journal.fails("b", second));
    manager.onClose("a", journal.fails("a", new Unsuppressing()));

    var thrown = assertThrows(Unsuppressing.class, manager::close);

    assertEquals(0, thrown.getSuppressed().length);
    assertSame(second, manager.report().failures().get(1).failure());
  }

  private static final class Unsuppressing extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsuppressing() {
      super("drops what it suppresses", null, false, false);
    }
  }

  @Test
  void aThousandResourcesWithRandomFailuresAreAllClosedOnceInOrderAndReported() {
    Random random = new Random(20_240_917);
    List<String> names = new ArrayList<>();
    List<Entry> expected = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      String name = "resource " + i;
      names.add(name);
      if (random.nextInt(3) == 0) {
        Exception failure =
            random.nextBoolean() ? new IOException(name) : new IllegalStateException(name);
        manager.onClose(name, journal.fails(name, failure));
        expected.add(new Entry(name, Outcome.FAILED, failure));
      } else {
        manager.onClose(name, journal.closes(name));
        expected.add(new Entry(name, Outcome.CLOSED, null));
      }
    }
    Collections.reverse(names);
    Collections.reverse(expected);

    var thrown = assertThrows(RuntimeException.class, manager::close);

    assertEquals(names, journal.lines());
    assertEquals(expected, manager.report().entries());
    List<Throwable> failures = new ArrayList<>();
    expected.forEach(
        entry -> {
          if (entry.failure() != null) {
            failures.add(entry.failure());
          }
        });
    assertTrue(failures.size() > 200, "failures: " + failures.size());
    Throwable first = failures.remove(0);
    assertTrue(thrown == first || thrown.getCause() == first);
    assertEquals(failures, List.of(thrown.getSuppressed()));
  }
}
