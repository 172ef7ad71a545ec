package dev.tiercel.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.resource.CloseReport.Entry;
import dev.tiercel.resource.CloseReport.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResourceManagerTest {
  private final Journal journal = new Journal();
  private final ResourceManager manager = ResourceManager.named("house");

  @Test
  void closeRunsLastInFirstOut() {
    manager.onClose("first", journal.closes("first"));
    manager.register((AutoCloseable) () -> journal.add("second"));
    manager.onClose("third", journal.closes("third"));

    manager.close();

    assertEquals(List.of("third", "second", "first"), journal.lines());
  }

  @Test
  void registerReturnsItsArgument() {
    try (ResourceManager resources = new ResourceManager()) {
      AutoCloseable resource = journal.closes("it")::close;
      assertSame(resource, resources.register(resource));
    }
    assertEquals(List.of("it"), journal.lines());
  }

  @Test
  void everyManagerHasAName() {
    try (ResourceManager unnamed = new ResourceManager()) {
      assertEquals("resources", unnamed.report().manager());
    }
    assertEquals("house", manager.report().manager());
  }

  @Test
  void nullIsRefusedByName() {
    refusesNull("name", () -> ResourceManager.named(none()));
    refusesNull("limit", () -> ResourceManager.withTimeLimit("x", none()));
    refusesNull("resource", () -> manager.register(none()));
    refusesNull("name", () -> manager.onClose(none(), () -> {}));
    refusesNull("action", () -> manager.onClose("x", none()));
    refusesNull("name", () -> manager.child(none()));
  }

  private static void refusesNull(String parameter, CloseAction call) {
    var refusal = assertThrows(NullPointerException.class, call::close);
    assertEquals(parameter + " must not be null", refusal.getMessage());
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  @Test
  void aManagerCannotBeRegisteredInItself() {
    var refusal = assertThrows(IllegalArgumentException.class, () -> manager.register(manager));
    assertTrue(refusal.toString().contains("'house'"), refusal.toString());
  }

  @Test
  void managersThatHoldEachOtherAreBothClosed() {
    ResourceManager other = ResourceManager.named("other");
    manager.onClose("inner", journal.closes("house"));
    manager.register(other);
    other.onClose("inner", journal.closes("other"));
    other.register(manager);

    manager.close();

    assertEquals(List.of("other", "house"), journal.lines());
  }

  @Test
  void closingAgainDoesNothing() {
    manager.onClose("broken", journal.fails("broken", new IllegalStateException("once")));
    assertThrows(IllegalStateException.class, manager::close);

    manager.close();

    assertEquals(List.of("broken"), journal.lines());
    assertEquals(1, manager.report().entries().size());
  }

  @Test
  void whatACloserRegistersIsClosedInTheSamePass() {
    manager.onClose("first", journal.closes("first"));
    manager.onClose(
        "second",
        () -> {
          journal.add("second");
          manager.onClose("late", journal.closes("late"));
        });

    manager.close();

    assertEquals(List.of("second", "late", "first"), journal.lines());
  }

  @Test
  void aResourceForAClosedManagerIsClosedAndRefused() {
    manager.close();

    var refusal =
        assertThrows(
            IllegalStateException.class, () -> manager.onClose("late", journal.closes("late")));

    assertTrue(refusal.toString().contains("'house'"), refusal.toString());
    assertTrue(refusal.toString().contains("'late'"), refusal.toString());
    assertEquals(List.of("late"), journal.lines());
    assertEquals(0, refusal.getSuppressed().length);
  }

  @Test
  void theRefusalCarriesTheFailureOfTheLateResource() {
    manager.close();
    IOException failure = new IOException("late");

    var refusal =
        assertThrows(
            IllegalStateException.class,
            () ->
                manager.register(
                    (AutoCloseable)
                        () -> {
                          throw failure;
                        }));

    assertSame(failure, refusal.getSuppressed()[0]);
  }

  @Test
  void theReportListsTheResourcesInClosingOrder() {
    IOException failure = new IOException("no");
    manager.onClose("sound", journal.closes("sound"));
    manager.onClose("broken", journal.fails("broken", failure));
    assertEquals(List.of(), manager.report().entries());

    assertThrows(ResourceCloseException.class, manager::close);

    assertEquals(
        new CloseReport(
            "house",
            List.of(
                new Entry("broken", Outcome.FAILED, failure),
                new Entry("sound", Outcome.CLOSED, null))),
        manager.report());
  }

  @Test
  void theReportNamesAResourceByItsClassAndIdentity() {
    Object resource = manager.register(new Plain());
    String identity = Integer.toHexString(System.identityHashCode(resource));

    manager.close();

    assertEquals(Plain.class.getName() + "@" + identity, manager.report().entries().get(0).name());
  }

  private static final class Plain implements AutoCloseable {
    @Override
    public void close() {}
  }
}
