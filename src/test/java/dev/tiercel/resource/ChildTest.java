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

class ChildTest {
  private final Journal journal = new Journal();
  private final ResourceManager parent = ResourceManager.named("parent");

  @Test
  void aChildIsClosedAtItsPlaceInTheOrder() {
    parent.onClose("below", journal.closes("below"));
    ResourceManager child = parent.child("child");
    parent.onClose("above", journal.closes("above"));
    child.onClose("inner 1", journal.closes("inner 1"));
    child.onClose("inner 2", journal.closes("inner 2"));

    parent.close();

    assertEquals(List.of("above", "inner 2", "inner 1", "below"), journal.lines());
    assertEquals(
        List.of("above", "child/inner 2", "child/inner 1", "below"),
        parent.report().entries().stream().map(Entry::name).toList());
  }

  @Test
  void aChildClosedEarlyLeavesItsParent() {
    ResourceManager child = parent.child("child");
    child.onClose("inner", journal.closes("inner"));

    child.close();
    parent.close();

    assertEquals(List.of("inner"), journal.lines());
    assertEquals(List.of(), parent.report().entries());
    assertEquals(
        new CloseReport("parent/child", List.of(new Entry("inner", Outcome.CLOSED, null))),
        child.report());
  }

  @Test
  void theFailuresOfAChildAreThrownAndReportedByItsParent() {
    IOException inner = new IOException("inner");
    RuntimeException outer = new IllegalStateException("outer");
    parent.onClose("outer", journal.fails("outer", outer));
    parent.child("child").onClose("inner", journal.fails("inner", inner));

    var thrown = assertThrows(ResourceCloseException.class, parent::close);

    assertSame(inner, thrown.getCause());
    assertTrue(thrown.toString().contains("'child/inner'"), thrown.toString());
    assertSame(outer, thrown.getSuppressed()[0]);
    assertEquals(
        List.of(
            new Entry("child/inner", Outcome.FAILED, inner),
            new Entry("outer", Outcome.FAILED, outer)),
        parent.report().entries());
  }

  @Test
  void theFailuresOfAChildClosedEarlyAreItsOwn() {
    ResourceManager child = parent.child("child");
    child.onClose("inner", journal.fails("inner", new IllegalStateException("inner")));

    assertThrows(IllegalStateException.class, child::close);

    parent.close();
  }

  @Test
  void aClosedParentHasNoNewChildren() {
    parent.close();
    var refusal = assertThrows(IllegalStateException.class, () -> parent.child("child"));
    assertTrue(refusal.toString().contains("'parent'"), refusal.toString());
  }

  @Test
  void aChildOfAClosedParentIsClosed() {
    ResourceManager child = parent.child("child");
    parent.close();
    var refusal =
        assertThrows(
            IllegalStateException.class, () -> child.onClose("late", journal.closes("late")));
    assertTrue(refusal.toString().contains("'parent/child'"), refusal.toString());
    assertEquals(List.of("late"), journal.lines());
  }

  @Test
  void aRegisteredManagerIsReportedUnderItsName() {
    ResourceManager nested = parent.register(ResourceManager.named("nested"));
    nested.onClose("inner", journal.closes("inner"));

    parent.close();

    assertEquals("nested/inner", parent.report().entries().get(0).name());
  }
}
