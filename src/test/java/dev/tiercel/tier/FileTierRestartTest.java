package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a start finds. */
class FileTierRestartTest extends FileTierFixture {
  /* Each is what the folder would be if the tier had been killed then. */
  @Test
  void whatWasAcknowledgedIsThereWheneverTheTierIsKilled() throws IOException {
    Random random = new Random(11);
    Map<String, TierRecord> acknowledged = new TreeMap<>();
    Map<String, TierRecord> before = new TreeMap<>();
    tier.close();
    tier = FileTier.builder(folder).maxBytes(ROOMY / 4).segmentBytes(1 << 17).open();
    for (int step = 0; step < 60; step++) {
      before.putAll(acknowledged);
      Map<Path, byte[]> old = contents();
      List<TierRecord> batch = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        String key = "k" + (8 * i + random.nextInt(8));
        TierRecord record = record(key, step, random.nextInt(9_000));
        batch.add(record);
        acknowledged.put(record.key(), record);
      }
      tier.put(batch);
      assertFound(contents(), acknowledged, "after " + step);
      assertFoundInside(old, contents(), before, acknowledged, random);
    }
    String newest = segments().get(segments().size() - 1).getFileName().toString();
    assertTrue(newest.compareTo("0000000000000008") > 0, newest + " is the newest segment");
  }

  /* Killed while a batch was written: some of it may be there, and all that was there before. */
  private void assertFoundInside(
      Map<Path, byte[]> old,
      Map<Path, byte[]> now,
      Map<String, TierRecord> before,
      Map<String, TierRecord> after,
      Random random)
      throws IOException {
    Map<Path, byte[]> torn = new TreeMap<>(old);
    for (Map.Entry<Path, byte[]> file : now.entrySet()) {
      int from = old.getOrDefault(file.getKey(), new byte[0]).length;
      int length = from + random.nextInt(file.getValue().length - from + 1);
      torn.put(file.getKey(), Arrays.copyOf(file.getValue(), length));
      if (length < file.getValue().length) {
        break; // What comes later was not written.
      }
    }
    try (FileTier found = opened(torn)) {
      for (TierRecord record : before.values()) {
        TierRecord there = found.get(record.key());
        boolean isNew = there != null && there.order() > record.order();
        assertRecord(isNew ? after.get(record.key()) : record, there);
      }
    }
  }

  private void assertFound(
      Map<Path, byte[]> contents, Map<String, TierRecord> expected, String when)
      throws IOException {
    try (FileTier found = opened(contents)) {
      assertEquals(expected.size(), found.use().entries(), when);
      expected.values().forEach(record -> assertRecord(record, found.get(record.key())));
      assertEquals(0, found.use().damaged(), when);
    }
  }

  private FileTier opened(Map<Path, byte[]> contents) throws IOException {
    Path copy = temporary.resolve("copy");
    write(copy, contents);
    return FileTier.builder(copy).maxBytes(ROOMY / 4).segmentBytes(1 << 17).open();
  }

  @Test
  void aStartByFootersFindsWhatAStartByRecordsFinds() throws IOException {
    tier.close();
    tier = FileTier.builder(folder).maxBytes(ROOMY / 4).segmentBytes(1 << 17).open();
    Random random = new Random(5);
    for (int i = 0; i < 1_000; i++) {
      put(record("k" + random.nextInt(300), random.nextInt(50), random.nextInt(2_000)));
    }
    tier.close();
    Map<Path, byte[]> finished = contents();
    Map<Path, byte[]> killed = new TreeMap<>();
    finished.forEach((name, bytes) -> killed.put(name, withoutFooter(bytes)));
    Map<String, TierRecord> byFooters = found(finished);
    Map<String, TierRecord> byRecords = found(killed);
    assertEquals(byFooters.keySet(), byRecords.keySet());
    byFooters.forEach((key, record) -> assertRecord(record, byRecords.get(key)));
  }

  private Map<String, TierRecord> found(Map<Path, byte[]> contents) throws IOException {
    Map<String, TierRecord> found = new HashMap<>();
    try (FileTier opened = opened(contents)) {
      opened.removeIf(record -> found.put(record.key(), record) != null);
      found.replaceAll((key, record) -> opened.get(key));
    }
    return found;
  }

  @Test
  void aKilledSegmentIsFinishedByTheNextStart() throws IOException {
    for (int i = 0; i < 100; i++) {
      put(record("k" + i, 1, 100));
    }
    Map<Path, byte[]> killed = contents();
    tier.close();
    Map<Path, byte[]> finished = contents();
    write(folder, killed);
    tier = open(ROOMY);
    tier.close();
    Path name = killed.keySet().iterator().next();
    assertEquals(finished.get(name).length, contents().get(name).length);
  }
}
