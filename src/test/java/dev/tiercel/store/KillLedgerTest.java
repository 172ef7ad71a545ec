package dev.tiercel.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Shows that the judge of {@link KillIT} sees each kind of damage, and takes what is allowed. */
class KillLedgerTest {
  private static final int THREAD = 3;
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

  private final KillLedger ledger = new KillLedger();
  private final OwnedTasks owned = new OwnedTasks(THREAD, 1, new Random(1), NOW, List.of());
  private final Task first = owned.stored(owned.fresh());
  private final Task second = owned.stored(owned.fresh());

  @Test
  void whatWasAcknowledgedMustBeThere() {
    acknowledged("add", List.of(first), List.of());
    ledger.check(database(first));
    assertRefused("is lost", database());
  }

  @Test
  void aTornTextIsSeen() {
    acknowledged("add", List.of(first), List.of());
    Task torn = first.withDescription("half of i");
    assertRefused("is not as it was acknowledged", database(torn));
  }

  @Test
  void anOlderRevisionIsSeen() {
    acknowledged("add", List.of(first), List.of());
    acknowledged("save", List.of(owned.stored(RevisedTask.revised(first, 2))), List.of());
    assertRefused("is not as it was acknowledged", database(first));
  }

  @Test
  void whatWasDeletedMustNotComeBack() {
    acknowledged("add", List.of(first), List.of());
    acknowledged("delete", List.of(), List.of(first.id()));
    ledger.check(database());
    assertRefused("is back although its deletion was acknowledged", database(first));
  }

  @Test
  void whatNobodyWroteIsSeen() {
    assertRefused("is unknown", database(first));
  }

  @Test
  void aWriteUnderWayMayBeThereOrNot() {
    intended("addAll", List.of(first, second), List.of());
    ledger.check(database());
    intended("addAll", List.of(first, second), List.of());
    ledger.check(database(first, second));
    assertRefused("is lost", database());
  }

  @Test
  void halfOfAWriteUnderWayIsSeen() {
    acknowledged("add", List.of(first), List.of());
    intended("inTransaction", List.of(second), List.of(first.id()));
    assertRefused("of its 2 tasks 1 are as after it, 1 as before it", database(first, second));
  }

  @Test
  void whatWasRefusedMustNotBeThere() {
    intended("add", List.of(first), List.of());
    ledger.refused(THREAD);
    assertRefused("is unknown", database(first));
  }

  @Test
  void aClaimUnderWayTakesItsLeaseFromTheDatabase() {
    acknowledged("addAll", List.of(first, second), List.of());
    List<Task> claimed = claimed(first, second);
    ledger.intended(KillStep.of(THREAD, "claim", true, claimed, List.of()));
    ledger.check(database(leased(claimed.get(0), 7), leased(claimed.get(1), 7)));
    assertEquals(7, ledger.highestLease());
  }

  @Test
  void twoLeasesOfOneClaimAreSeen() {
    acknowledged("addAll", List.of(first, second), List.of());
    List<Task> claimed = claimed(first, second);
    ledger.intended(KillStep.of(THREAD, "claim", true, claimed, List.of()));
    assertRefused(
        "of its 2 tasks 1 are as after it, 0 as before it",
        database(leased(claimed.get(0), 7), leased(claimed.get(1), 6)));
  }

  @Test
  void aLeaseThatGoesBackwardsIsSeen() {
    acknowledged("add", List.of(first), List.of());
    ledger.drawn(7);
    List<Task> claimed = claimed(first);
    ledger.intended(KillStep.of(THREAD, "claim", true, claimed, List.of()));
    assertRefused("drew lease 6; expected more than 7", database(leased(claimed.get(0), 6)));
  }

  @Test
  void aLeaseThatIsDrawnTwiceIsSeen() {
    ledger.drawn(7);
    AssertionError e = assertThrows(AssertionError.class, () -> ledger.drawn(7));
    assertTrue(e.getMessage().contains("lease 7 was drawn twice"), e.getMessage());
  }

  @Test
  void aStepReadsBackAsItWasSaid() {
    List<Task> tasks = List.of(first, owned.completed(claimed(second).get(0)));
    KillStep step = KillStep.of(THREAD, "inTransaction", false, tasks, List.of("3-001-00009"));
    assertEquals(step, KillStep.parse(step.line()));
  }

  private void assertRefused(String why, Map<String, Task> found) {
    AssertionError e = assertThrows(AssertionError.class, () -> ledger.check(found));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().contains(first.id()) || e.getMessage().contains("lease"));
  }

  private void intended(String kind, List<Task> stored, List<String> deleted) {
    ledger.intended(KillStep.of(THREAD, kind, false, stored, deleted));
  }

  private void acknowledged(String kind, List<Task> stored, List<String> deleted) {
    intended(kind, stored, deleted);
    ledger.acknowledged(THREAD, 0);
  }

  private List<Task> claimed(Task... tasks) {
    return Arrays.stream(tasks).map(task -> owned.claimed(task, Duration.ofHours(1))).toList();
  }

  private static Task leased(Task task, long lease) {
    KillStep step = KillStep.of(THREAD, "claim", true, List.of(task), List.of());
    return step.under(lease).after().get(task.id()).orElseThrow();
  }

  private static Map<String, Task> database(Task... tasks) {
    return Arrays.stream(tasks).collect(Collectors.toMap(Task::id, Function.identity()));
  }
}
