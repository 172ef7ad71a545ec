package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.Cleaner;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeakWatchTest {
  private record Leak(String message, Throwable place) {}

  private final BlockingQueue<Leak> leaks = new LinkedBlockingQueue<>();
  private final Journal journal = new Journal();

  private ResourceManager watched(String name) {
    return new ResourceManager(
        name, Closer.DIRECT, (told, place) -> leaks.add(new Leak(told, place)));
  }

  /** What was told about the garbage of this test, whose last piece is a manager that leaks. */
  private @Nullable Leak nextLeak() throws InterruptedException {
    for (int tries = 0; tries < 200; tries++) {
      System.gc();
      Leak leak = leaks.poll(50, TimeUnit.MILLISECONDS);
      if (leak != null) {
        return leak;
      }
    }
    return null;
  }

  private void leak(String name) {
    ResourceManager manager = watched(name);
    manager.onClose("one", journal.closes("one"));
    manager.onClose("two", journal.closes("two"));
  }

  @Test
  void aManagerThatWasNeverClosedIsToldWithThePlaceThatCreatedIt() throws Exception {
    leak("forgotten");

    Leak leak = nextLeak();

    assertNotNull(leak);
    assertEquals("'forgotten' was never closed and still holds 2", leak.message());
    assertTrue(
        List.of(leak.place().getStackTrace()).stream()
            .anyMatch(frame -> frame.getMethodName().equals("leak")));
    assertEquals(List.of(), journal.lines());
  }

  @Test
  void aManagerThatHoldsNothingOrWasClosedIsNotTold() throws Exception {
    CountDownLatch collected = new CountDownLatch(5);
    Cleaner cleaner = Cleaner.create();
    for (CloseAction harmless : harmless(cleaner, collected)) {
      harmless.close();
    }
    for (int tries = 0; collected.getCount() > 0 && tries < 200; tries++) {
      System.gc();
      collected.await(50, TimeUnit.MILLISECONDS);
    }
    assertEquals(0, collected.getCount());
    // Told after whatever would have been told about the others.
    leak("forgotten");
    Leak leak = nextLeak();
    assertNotNull(leak);
    assertTrue(leak.message().contains("forgotten"), leak.message());
    assertNull(leaks.poll());
  }

  private List<CloseAction> harmless(Cleaner cleaner, CountDownLatch collected) {
    return List.of(
        () -> counted("empty", cleaner, collected),
        () -> counted("detached", cleaner, collected).onClose("it", () -> {}).detach(),
        () -> counted("closed early", cleaner, collected).onClose("it", () -> {}).closeNow(),
        () -> counted("child closed early", cleaner, collected).child("child").close(),
        () -> {
          ResourceManager closed = counted("closed", cleaner, collected);
          closed.onClose("registers more", () -> closed.onClose("it", () -> {}));
          closed.close();
        });
  }

  private ResourceManager counted(String name, Cleaner cleaner, CountDownLatch collected) {
    ResourceManager manager = watched(name);
    cleaner.register(manager, collected::countDown);
    return manager;
  }

  @Test
  void aLeakedChildIsToldOnceThroughItsParent() throws Exception {
    watched("parent").child("child").onClose("it", () -> {});

    Leak leak = nextLeak();

    assertNotNull(leak);
    assertEquals("'parent' was never closed and still holds 1", leak.message());
    leak("last");
    leak = nextLeak();
    assertNotNull(leak);
    assertTrue(leak.message().contains("last"), leak.message());
  }

  private static final class Door {
    private final LeakWatch leak;

    Door(String what, BiConsumer<String, Throwable> report) {
      leak = LeakWatch.of(this, what, report);
    }
  }

  private void open(String what, boolean close) {
    Door door = new Door(what, (told, place) -> leaks.add(new Leak(told, place)));
    if (close) {
      door.leak.close();
      door.leak.close();
    }
  }

  @Test
  void anythingCanBeWatched() throws Exception {
    open("the closed one", true);
    open("the door", false);

    Leak leak = nextLeak();

    assertNotNull(leak);
    assertEquals("'the door' was never closed", leak.message());
    assertTrue(
        List.of(leak.place().getStackTrace()).stream()
            .anyMatch(frame -> frame.getMethodName().equals("open")));
    assertNull(leaks.poll());
  }

  @Test
  void whatAReportThrowsEndsNoOtherWatch() throws Exception {
    Door unused =
        new Door(
            "broken report",
            (told, place) -> {
              throw new IllegalStateException(told);
            });
    open("the door", false);
    assertNotNull(nextLeak());
  }

  @Test
  void nullIsRefusedByName() {
    assertThrows(NullPointerException.class, () -> LeakWatch.of(none(), "x"));
    assertThrows(NullPointerException.class, () -> LeakWatch.of(this, none()));
    assertThrows(NullPointerException.class, () -> LeakWatch.of(this, "x", none()));
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }
}
