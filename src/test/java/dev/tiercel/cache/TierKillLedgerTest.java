package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.cache.TierKillLedger.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Shows that the judge of {@link TierKillIT} sees each kind of damage, and takes what is allowed.
 */
class TierKillLedgerTest {
  private static final String KEY = VersionedItems.key(7);
  private static final String OTHER = VersionedItems.key(15);
  private static final String GROUP = VersionedItems.groupKey(7);

  private final TierKillLedger ledger = new TierKillLedger();
  private final List<Long> versions =
      new ArrayList<>(Collections.nCopies(VersionedItems.ITEMS, 0L));

  private void write(int thread, int id, long version) {
    ledger.writing(thread, id, version);
    ledger.committed(thread);
    versions.set(id, version);
  }

  private void flush(int thread, String key) {
    ledger.flushed(thread, Map.of(key, current(key)));
  }

  private List<Long> current(String key) {
    return VersionedItems.itemsOf(key).stream().map(versions::get).toList();
  }

  private String text(String key) {
    return VersionedItems.text(key, current(key));
  }

  @Test
  void whatIsCurrentIsServed() {
    write(0, 7, 3);
    ledger.filling(1, KEY);
    flush(1, KEY);
    Map<String, String> served = Map.of(KEY, text(KEY), GROUP, text(GROUP));
    assertEquals(new Verdict(2, 0, 0, 1, 0, 0), ledger.check(versions, served));
    assertEquals(1, Verdict.NONE.share());
  }

  @Test
  void aStaleValueIsSeen() {
    String before = text(KEY);
    String groupBefore = text(GROUP);
    write(0, 7, 1);
    Map<String, String> served = Map.of(KEY, before, GROUP, groupBefore);
    assertEquals(2, ledger.check(versions, served).stale());
    assertEquals(0, ledger.check(versions, served).wrong());
  }

  @Test
  void aValueOfTheFutureIsSeen() {
    String later = VersionedItems.text(KEY, List.of(1L));
    assertEquals(1, ledger.check(versions, Map.of(KEY, later)).stale());
  }

  @Test
  void aValueOfAnotherKeyIsWrong() {
    assertEquals(1, ledger.check(versions, Map.of(KEY, text(OTHER))).wrong());
  }

  @Test
  void aTornValueIsWrong() {
    String whole = text(GROUP);
    for (int length = 0; length < whole.length(); length += 7) {
      String torn = whole.substring(0, length);
      assertEquals(1, ledger.check(versions, Map.of(GROUP, torn)).wrong(), torn);
    }
    assertEquals(1, ledger.check(versions, Map.of(GROUP, whole.replace("|0,", "|8,"))).wrong());
  }

  @Test
  void whatIsLostIsCountedOnce() {
    ledger.filling(1, KEY);
    flush(1, KEY);
    ledger.filling(1, OTHER);
    flush(1, OTHER);
    Verdict verdict = ledger.check(versions, Map.of(KEY, text(KEY)));
    assertEquals(new Verdict(1, 0, 0, 2, 1, 0), verdict);
    assertEquals(0.5, verdict.share());
    assertEquals(1, ledger.check(versions, Map.of(KEY, text(KEY))).acknowledged());
  }

  @Test
  void whatHadToGoIsNotLost() {
    ledger.filling(1, KEY);
    flush(1, KEY);
    ledger.evicted(1);
    assertEquals(1, ledger.check(versions, Map.of()).share());
  }

  @Test
  void whatAWriteVoidedNeedNotBeThere() {
    ledger.filling(1, KEY);
    flush(1, KEY);
    ledger.filling(1, GROUP);
    flush(1, GROUP);
    ledger.filling(1, OTHER);
    write(0, 7, 1);
    write(0, 15, 1);
    flush(1, OTHER);
    assertEquals(0, ledger.check(versions, Map.of()).acknowledged());
  }

  @Test
  void whatAnInvalidationMayHaveVoidedNeedNotBeThere() {
    ledger.voiding(0, KEY::equals);
    ledger.filling(1, KEY);
    flush(1, KEY);
    assertEquals(1, ledger.acknowledged());
    ledger.voided(0);
    assertEquals(0, ledger.acknowledged());
    ledger.filling(1, KEY);
    ledger.voiding(0, KEY::equals);
    flush(1, KEY);
    assertEquals(0, ledger.check(versions, Map.of()).acknowledged());
  }

  @Test
  void aWriteUnderWayMayBeThereOrNot() {
    ledger.writing(0, 7, 1);
    ledger.check(versions, Map.of());
    ledger.writing(0, 7, 1);
    versions.set(7, 1L);
    assertEquals(0, ledger.check(versions, Map.of(KEY, text(KEY))).stale());
  }

  @Test
  void aWriteUnderWayAtAnEarlierKillMayBeThereOrNot() {
    write(0, 7, 1);
    ledger.writing(0, 7, 2);
    ledger.died();
    write(0, 15, 1);
    versions.set(7, 2L);
    ledger.check(versions, Map.of());
    versions.set(7, 1L);
    assertThrows(AssertionError.class, () -> ledger.check(versions, Map.of()));
  }

  @Test
  void aWriteThatIsLostIsSeen() {
    write(0, 7, 1);
    versions.set(7, 0L);
    AssertionError e = assertThrows(AssertionError.class, () -> ledger.check(versions, Map.of()));
    assertTrue(e.getMessage().contains("item 7 has version 0; acknowledged was 1"));
  }

  @Test
  void aWriteThatNobodyDidIsSeen() {
    versions.set(7, 1L);
    assertThrows(AssertionError.class, () -> ledger.check(versions, Map.of()));
  }
}
