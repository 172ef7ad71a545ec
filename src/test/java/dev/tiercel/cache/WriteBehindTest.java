package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What was handed on is written when a flush says so, however much more is refused meanwhile. */
class WriteBehindTest {
  private static final long MINUTE = 60_000;

  private final CountDownLatch mayWrite = new CountDownLatch(1);
  private final List<Integer> written = new ArrayList<>(); // Guarded by: itself

  private void write(List<Integer> batch) {
    try {
      mayWrite.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    synchronized (written) {
      written.addAll(batch);
    }
  }

  private int written() {
    synchronized (written) {
      return written.size();
    }
  }

  @Test
  void aFlushThatWaitsIsNotAnsweredByWhatIsRefused() throws InterruptedException {
    int[] seen = new int[1];
    try (WriteBehind<Integer> behind = new WriteBehind<>("writer", this::write, () -> {})) {
      int taken = 0;
      while (behind.offer(taken)) {
        taken++;
      }
      int due = taken;
      Thread flushing =
          new Thread(
              () -> {
                try {
                  seen[0] = behind.flush(MINUTE) ? written() : -1;
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      flushing.start();
      while (flushing.getState() != Thread.State.TIMED_WAITING) {
        Thread.onSpinWait();
      }
      for (int i = 0; i <= 2 * due; i++) {
        behind.offer(-1); // While the writer stands still some may still find a place.
      }
      mayWrite.countDown();
      flushing.join();
      assertTrue(seen[0] >= due, () -> seen[0] + " of " + due + " were written");
    }
  }

  @Test
  void whatWasTakenIsWrittenInOrderBeforeItCloses() {
    WriteBehind<Integer> behind = new WriteBehind<>("writer", this::write, () -> {});
    int taken = 0;
    while (behind.offer(taken)) {
      taken++;
    }
    mayWrite.countDown();
    behind.close();
    assertFalse(behind.offer(0));
    assertEquals(taken, written());
    for (int i = 0; i < taken; i++) {
      assertEquals(i, written.get(i));
    }
  }
}
