package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What every tier below memory does, wherever it keeps its records. */
abstract class CacheTierContract extends CacheTierBoundContract {
  @Test
  void itHasAName() {
    assertTrue(!tier.name().isBlank());
    assertEquals(tier.name(), tier.name());
  }

  @Test
  void whatWasPutIsFound() {
    TierRecord record =
        new TierRecord("tasks:agent:a7:page:4", 42, 1_234_567_890_123L, bytes("x", 1, 999));
    put(record);
    assertKept(record);
    assertGone("tasks:agent:a7:page:5");
  }

  @Test
  void nothingIsFoundInAnEmptyTier() {
    assertGone("a");
    assertEquals(0, tier.use().entries());
    assertEquals(0, tier.removeIf(record -> true));
    tier.put(List.of());
    assertEquals(0, tier.use().entries());
  }

  @Test
  void ofTwoRecordsTheGreaterOrderStays() {
    put(record("a", 5, 100));
    put(record("a", 4, 90));
    assertKept(record("a", 5, 100));
    put(record("a", 6, 10));
    assertKept(record("a", 6, 10));
    put(record("b", 2, 7), record("b", 1, 8), record("c", 1, 7), record("c", 2, 8));
    assertKept(record("b", 2, 7));
    assertKept(record("c", 2, 8));
  }

  @Test
  void ofTwoRecordsOfOneOrderTheLaterStays() {
    put(recordOf("a", 5, (byte) 1));
    put(recordOf("a", 5, (byte) 2));
    assertKept(recordOf("a", 5, (byte) 2));
    put(recordOf("b", 5, (byte) 1), recordOf("b", 5, (byte) 2, (byte) 3));
    assertKept(recordOf("b", 5, (byte) 2, (byte) 3));
  }

  @Test
  void whatIsKeptElsewhereNowIsRemoved() {
    put(record("a", 5, 100), record("b", 5, 100), record("c", 5, 100));
    tier.remove(
        List.of(record("a", 5, 1), record("b", 4, 1), record("c", 6, 1), record("d", 1, 1)));
    assertGone("a");
    assertKept(record("b", 5, 100));
    assertGone("c");
    assertEquals(1, tier.use().entries());
    put(record("a", 5, 10));
    assertKept(record("a", 5, 10));
  }

  @Test
  void aClosedTierSaysSo() {
    put(record("a", 1, 10));
    tier.close();
    tier.close();
    assertThrows(IllegalStateException.class, () -> tier.get("a"));
    assertThrows(IllegalStateException.class, () -> tier.get("b"));
    assertThrows(IllegalStateException.class, () -> put(record("a", 1, 10)));
    assertThrows(IllegalStateException.class, () -> tier.removeIf(record -> true));
    assertThrows(IllegalStateException.class, () -> tier.remove(List.of(record("a", 1, 10))));
    var e = assertThrows(IllegalStateException.class, tier::clear);
    assertTrue(e.getMessage().contains("open it again"), e.getMessage());
  }

  @Test
  void theRuleOfOrderOutlivesARestart() throws Exception {
    put(record("a", 5, 100), recordOf("b", 5, (byte) 1));
    put(record("a", 4, 90));
    put(recordOf("b", 5, (byte) 2));
    reopen(ROOMY);
    assertKept(record("a", 5, 100));
    assertKept(recordOf("b", 5, (byte) 2));
    put(record("a", 4, 80), recordOf("b", 4, (byte) 3));
    assertKept(record("a", 5, 100));
    assertKept(recordOf("b", 5, (byte) 2));
    reopen(ROOMY);
    assertKept(record("a", 5, 100));
    assertKept(recordOf("b", 5, (byte) 2));
  }

  @Test
  void numbersOfAnySizeComeBackAsTheyWere() throws Exception {
    List<TierRecord> records = new ArrayList<>();
    for (long number : new long[] {Long.MIN_VALUE, -1, 0, 1, 1L << 40, Long.MAX_VALUE}) {
      records.add(new TierRecord("order " + number, number, 7, new byte[] {1}));
      records.add(new TierRecord("expiry " + number, 7, number, new byte[] {2}));
    }
    tier.put(records);
    records.forEach(this::assertKept);
    reopen(ROOMY);
    records.forEach(this::assertKept);
  }

  @Test
  void theLeastOrderLosesToEveryOther() {
    put(record("a", Long.MIN_VALUE, 10));
    put(record("a", Long.MAX_VALUE, 11));
    put(record("a", Long.MIN_VALUE, 12));
    assertKept(record("a", Long.MAX_VALUE, 11));
  }

  @Test
  void everyTextIsAKeyOfItsOwn() throws Exception {
    List<String> keys =
        List.of(
            "",
            " ",
            "/",
            "..",
            "../../etc/passwd",
            "a/b",
            "a\\b",
            "C:",
            "CON",
            "a\0b",
            "a\0",
            "\0",
            "a",
            "A",
            "%",
            "*",
            "?",
            "'",
            "\"",
            "; DROP TABLE",
            "\n",
            "\r",
            "\uFEFF",
            "\uFFFF",
            "\uFFFD",
            "\uD800",
            "\uDC00",
            "\uDC00\uD800",
            "\uD800\uDC00",
            "\uD83E\uDD85",
            "\uD83E",
            "x\uD83E",
            "x\uDD85",
            "x?",
            "\u00E9",
            "e\u0301",
            "key",
            "key ",
            " key");
    List<TierRecord> records = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      records.add(recordOf(keys.get(i), i, (byte) i));
    }
    tier.put(records);
    records.forEach(this::assertKept);
    reopen(ROOMY);
    records.forEach(this::assertKept);
    TreeSet<String> seen = new TreeSet<>();
    tier.removeIf(record -> !seen.add(record.key()));
    assertEquals(new TreeSet<>(keys), seen);
  }

  @Test
  void aKeyMayBeAMegabyteLong() throws Exception {
    String key = "\u00E9".repeat(1 << 20);
    put(record(key, 1, 100), record(key + "x", 2, 100));
    assertKept(record(key, 1, 100));
    assertKept(record(key + "x", 2, 100));
    reopen(ROOMY);
    assertKept(record(key, 1, 100));
    assertGone(key.substring(1));
  }

  @Test
  void valuesOfEverySizeComeBack() throws Exception {
    List<TierRecord> records = new ArrayList<>();
    for (int length : new int[] {0, 1, 255, 4095, 4096, 4097, 65_535, 65_536, 1 << 20, 20 << 20}) {
      records.add(record("of " + length, 1, length));
    }
    tier.put(records);
    records.forEach(this::assertKept);
    reopen(ROOMY);
    records.forEach(this::assertKept);
  }

  @Test
  void whatATestPicksIsRemoved() throws Exception {
    for (int i = 0; i < 300; i++) {
      put(record("k" + i, i, 50));
    }
    assertEquals(150, tier.removeIf(record -> record.order() % 2 == 0));
    for (int i = 0; i < 300; i++) {
      if (i % 2 == 0) {
        assertGone("k" + i);
      } else {
        assertKept(record("k" + i, i, 50));
      }
    }
    assertEquals(150, tier.use().entries());
    assertEquals(0, tier.removeIf(record -> record.order() % 2 == 0));
    put(record("k0", 0, 50));
    assertKept(record("k0", 0, 50));
  }

  @Test
  void aTestSeesWhatIsKeptOnceAndAsItIs() {
    put(record("a", 1, 10), record("b", 1, 20));
    put(record("a", 2, 30));
    put(record("b", 0, 40));
    put(new TierRecord("c", 3, 99, new byte[0]));
    List<TierRecord> seen = new ArrayList<>();
    assertEquals(0, tier.removeIf(record -> !seen.add(record)));
    seen.sort((one, other) -> one.key().compareTo(other.key()));
    assertEquals(3, seen.size());
    assertRecord(record("a", 2, 30), seen.get(0));
    assertRecord(record("b", 1, 20), seen.get(1));
    assertRecord(new TierRecord("c", 3, 99, new byte[0]), seen.get(2));
  }

  @Test
  void whatATestThrowsReachesTheCallerAndNothingIsLost() {
    put(record("a", 1, 10), record("b", 1, 10));
    IllegalStateException fault = new IllegalStateException("of the test");
    try {
      tier.removeIf(
          record -> {
            throw fault;
          });
      throw new AssertionError("it did not reach the caller");
    } catch (IllegalStateException e) {
      assertEquals(fault, e);
    }
    assertKept(record("a", 1, 10));
    assertKept(record("b", 1, 10));
    put(record("c", 1, 10));
    assertKept(record("c", 1, 10));
  }

  @Test
  void whatWasPutOutlivesARestart() throws Exception {
    for (int round = 0; round < 4; round++) {
      for (int i = 0; i < 100; i++) {
        put(record("k" + i, round, 100 + i + round));
      }
      for (int i = 0; i < 100; i++) {
        assertKept(record("k" + i, round, 100 + i + round));
      }
      reopen(ROOMY);
      for (int i = 0; i < 100; i++) {
        assertKept(record("k" + i, round, 100 + i + round));
      }
      assertEquals(100, tier.use().entries());
    }
    assertEquals(0, tier.use().damaged());
  }
}
