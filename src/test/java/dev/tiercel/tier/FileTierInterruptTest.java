package dev.tiercel.tier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An interrupt closes the channel that a thread reads or writes: for everybody else, too. */
class FileTierInterruptTest extends FileTierFixture {
  private static final int ROUNDS = 200;

  @Test
  void threadsThatAreInterruptedAllTheTimeDisturbNobody() throws Exception {
    List<TierRecord> records = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      records.add(record("k" + i, 1, i % 2 == 0 ? 2_000_000 : 2_000));
    }
    tier.put(records);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    Thread reader = new Thread(() -> readAndWrite(records, over));
    try {
      Future<Long> patient = threads.submit(() -> read(records, over));
      Future<Boolean> interrupts = threads.submit(() -> interrupt(reader, over));
      reader.start();
      reader.join();
      assertTrue(interrupts.get() && over.get(), "it went through all rounds");
      assertTrue(patient.get() > 0);
    } finally {
      over.set(true);
      threads.shutdown();
    }
    reopen();
    records.forEach(this::assertKept);
    assertKept(record("new", ROUNDS - 1, 300_000));
    assertEquals(0, tier.use().damaged());
  }

  private void readAndWrite(List<TierRecord> records, AtomicBoolean over) {
    for (int i = 0; i < ROUNDS; i++) {
      assertKept(records.get(i % records.size()));
      put(record("new", i, 300_000));
    }
    over.set(true);
  }

  private long read(List<TierRecord> records, AtomicBoolean over) {
    long rounds = 0;
    do {
      records.forEach(this::assertKept);
      rounds++;
    } while (!over.get());
    return rounds;
  }

  private static boolean interrupt(Thread reader, AtomicBoolean over) {
    while (!over.get() && reader.getState() != Thread.State.TERMINATED) {
      reader.interrupt();
      Thread.onSpinWait();
    }
    return true;
  }
}
