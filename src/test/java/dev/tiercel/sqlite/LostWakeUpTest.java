package dev.tiercel.sqlite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A writer whose answer and interrupt share one wake-up does not sleep for another. */
class LostWakeUpTest {
  /* The two come before the writer has woken up for the first; nearly always, not always. */
  private static final int ROUNDS = 60;

  @TempDir Path folder;

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void anInterruptThatComesWithTheAnswerLosesNobody() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch letGo = new CountDownLatch(1);
    try (ConnectionPool pool = pool()) {
      var queue =
          new GroupCommit(
              new WriteTransaction(pool, WriteJournal.NONE, writes -> {}), Duration.ofMinutes(5));
      // Nobody leads meanwhile, so this test can take and answer the pieces in a leader's place.
      QueuedWriter<Long> holder =
          QueuedWriter.start(
              () ->
                  queue
                      .run(
                          new Piece<>(
                              (session, changes) -> {
                                inside.countDown();
                                QueuedWriter.await(letGo);
                                return 0L;
                              },
                              false,
                              true))
                      .value());
      QueuedWriter.await(inside);
      try {
        for (int round = 0; round < ROUNDS; round++) {
          answerAndInterrupt(queue, round % 2 == 0, "round " + round);
        }
      } finally {
        letGo.countDown();
      }
      holder.get();
    }
  }

  private static void answerAndInterrupt(GroupCommit queue, boolean answerFirst, String at)
      throws Exception {
    AtomicReference<Piece<Long>> queued = new AtomicReference<>();
    AtomicReference<Thread> thread = new AtomicReference<>();
    QueuedWriter<Boolean> writer =
        QueuedWriter.queue(
            () -> {
              thread.set(Thread.currentThread());
              queued.set(new Piece<>((session, changes) -> 0L, true, false));
              try {
                return queue.run(queued.get()).value() == 0;
              } catch (UnsupportedOperationException answered) {
                return Thread.currentThread().isInterrupted();
              }
            });
    Piece<Long> piece = queued.get();
    assertTrue(piece.take(), at);
    piece.failed(new UnsupportedOperationException("the answer"));
    if (answerFirst) {
      piece.answer();
      thread.get().interrupt();
    } else {
      thread.get().interrupt();
      piece.answer();
    }
    boolean flag;
    try {
      flag = writer.get();
    } catch (TimeoutException e) {
      throw new AssertionError(at + ": the writer is answered and sleeps", e);
    }
    // When the answer was all that woke it, the interrupt comes after the call, as it may.
    assertTrue(flag || answerFirst, at + ": the interrupt was swallowed");
  }

  private ConnectionPool pool() {
    SqliteOptions options =
        new SqliteOptions(
            folder.resolve("n.db"),
            "test",
            1,
            Durability.NORMAL,
            Duration.ofSeconds(10),
            1 << 20,
            0,
            1 << 20,
            true,
            List.of(),
            Preparation.NONE,
            WriteJournal.NONE);
    return new ConnectionPool(
        "test", 1, new SessionSource(options, SessionSource.Role.WRITER), options.busyTimeout());
  }
}
