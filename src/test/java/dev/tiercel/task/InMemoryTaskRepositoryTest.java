package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The contract holds for the simplest repository there is. */
class InMemoryTaskRepositoryTest extends TaskRepositoryContract {
  private final TaskRepository own = new InMemoryTaskRepository(new ManualClock(Instant.EPOCH));

  @Override
  protected TaskRepository repository(InstantSource clock) {
    return new InMemoryTaskRepository(clock);
  }

  @Test
  void aRefusalTellsHowTheTaskIsStored() {
    Task task = Task.titled("title").withId("a");
    Task added = own.add(task);
    StaleTaskException stale = assertThrows(StaleTaskException.class, () -> own.save(task));
    assertEquals(
        "task a is at version 1 and not at version 0; read it again and decide anew",
        stale.getMessage());
    own.delete("a");
    StaleTaskException gone = assertThrows(StaleTaskException.class, () -> own.save(added));
    assertEquals(
        "task a is not stored and not at version 1; read it again and decide anew",
        gone.getMessage());
  }

  @Test
  void aTransactionThatHasEndedSaysSo() {
    TaskRepository ended = own.<TaskRepository>inTransaction(inside -> inside);
    IllegalStateException refusal =
        assertThrows(IllegalStateException.class, () -> ended.count(TaskQuery.all()));
    assertEquals(
        "the transaction has ended; use the repository it was opened from", refusal.getMessage());
  }
}
