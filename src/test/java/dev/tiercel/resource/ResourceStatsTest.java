package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ResourceStatsTest {
  private final Journal journal = new Journal();
  private final ResourceManager manager =
      ResourceManager.withTimeLimit("house", Duration.ofSeconds(20));

  @Test
  void nothingIsCountedBeforeSomethingIsRegistered() {
    assertEquals(new ResourceStats("house", 0, 0, 0, 0, 0), manager.stats());
  }

  @Test
  void whatIsRegisteredIsOpenUntilItIsClosedOrDetached() {
    Handle early = manager.onClose("early", journal.closes("early"));
    Handle given = manager.onClose("given away", journal.closes("given away"));
    manager.onClose("last", journal.closes("last"));
    assertEquals(new ResourceStats("house", 3, 3, 0, 0, 0), manager.stats());

    early.closeNow();
    given.detach();
    assertEquals(new ResourceStats("house", 3, 1, 1, 0, 0), manager.stats());

    manager.close();
    assertEquals(new ResourceStats("house", 3, 0, 2, 0, 0), manager.stats());
  }

  @Test
  void failuresAreCountedWhereverTheyHappen() {
    Handle early = manager.onClose("early", journal.fails("early", new IllegalStateException()));
    manager.onClose("late", journal.fails("late", new IllegalStateException()));
    assertThrows(IllegalStateException.class, early::closeNow);
    assertThrows(IllegalStateException.class, manager::close);
    assertEquals(new ResourceStats("house", 2, 0, 0, 2, 0), manager.stats());
  }

  @Test
  void whatIsTooSlowIsCountedApart() {
    CountDownLatch never = new CountDownLatch(1);
    ResourceManager limited = ResourceManager.withTimeLimit("limited", Duration.ofMillis(20));
    limited.onClose("slow", never::await);
    assertThrows(ResourceCloseException.class, limited::close);
    assertEquals(new ResourceStats("limited", 1, 0, 0, 0, 1), limited.stats());
  }

  @Test
  void whatComesTooLateIsCountedAsClosed() {
    manager.close();
    assertThrows(
        IllegalStateException.class, () -> manager.onClose("late", journal.closes("late")));
    assertEquals(new ResourceStats("house", 1, 0, 1, 0, 0), manager.stats());
  }

  @Test
  void theResourcesOfAChildCountForItsParentIfTheyAreClosedWithIt() {
    ResourceManager early = manager.child("early");
    early.onClose("its own", journal.closes("its own"));
    early.close();
    ResourceManager child = manager.child("child");
    child.onClose("one", journal.closes("one"));
    child.onClose("two", journal.fails("two", new IllegalStateException()));
    assertEquals(new ResourceStats("house", 2, 1, 0, 0, 0), manager.stats());

    assertThrows(IllegalStateException.class, manager::close);

    assertEquals(new ResourceStats("house", 2, 0, 1, 1, 0), manager.stats());
    assertEquals(new ResourceStats("house/child", 2, 0, 1, 1, 0), child.stats());
    assertEquals(new ResourceStats("house/early", 1, 0, 1, 0, 0), early.stats());
  }
}
