package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.Threads.Running;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class HandleTest {
  private final Journal journal = new Journal();
  private final ResourceManager manager = ResourceManager.named("house");

  @Test
  void closeNowClosesOnce() {
    Handle handle = manager.onClose("it", journal.closes("it"));

    handle.closeNow();
    handle.closeNow();
    manager.close();

    assertEquals(List.of("it"), journal.lines());
    assertEquals(List.of(), manager.report().entries());
    assertFalse(handle.detach());
  }

  @Test
  void closeNowThrowsAsCloseDoes() {
    IOException checked = new IOException("checked");
    RuntimeException unchecked = new IllegalStateException("unchecked");
    Handle wrapped = manager.onClose("a", journal.fails("a", checked));
    Handle bare = manager.onClose("b", journal.fails("b", unchecked));

    assertSame(checked, assertThrows(ResourceCloseException.class, wrapped::closeNow).getCause());
    assertSame(unchecked, assertThrows(IllegalStateException.class, bare::closeNow));
    manager.close();
  }

  @Test
  void aDetachedResourceIsNotClosed() {
    Handle handle = manager.onClose("it", journal.closes("it"));

    assertTrue(handle.detach());
    assertFalse(handle.detach());
    handle.closeNow();
    manager.close();

    assertEquals(List.of(), journal.lines());
  }

  @Test
  void nothingIsLeftToDetachAfterClose() {
    Handle handle = manager.onClose("it", journal.closes("it"));
    manager.close();
    assertFalse(handle.detach());
  }

  @Test
  void aCloserMayDetachTheNextResource() {
    Handle next = manager.onClose("next", journal.closes("next"));
    manager.onClose("last", () -> assertTrue(next.detach()));

    manager.close();

    assertEquals(List.of(), journal.lines());
  }

  @Test
  void aCloserThatUsesItsOwnHandleReturnsAtOnce() {
    Handle[] own = new Handle[1];
    own[0] =
        manager.onClose(
            "it",
            () -> {
              own[0].closeNow();
              assertFalse(own[0].detach());
              journal.add("it");
            });

    own[0].closeNow();

    assertEquals(List.of("it"), journal.lines());
  }

  @Test
  void closeWaitsForAResourceThatIsBeingClosedEarly() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    manager.onClose("below", journal.closes("below"));
    Handle early =
        manager.onClose(
            "early",
            () -> {
              begun.countDown();
              release.await();
              journal.add("early");
            });
    Running closing = Threads.start(early::closeNow);
    begun.await();

    Running all = Threads.start(manager::close);
    all.awaitParked();
    release.countDown();
    closing.join();
    all.join();

    assertEquals(List.of("early", "below"), journal.lines());
  }
}
