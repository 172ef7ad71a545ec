package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.task.BatchResult.Refusal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchResultTest {
  private static final Task TASK = Task.titled("title");

  private static Refusal refusal(int index) {
    return new Refusal(index, TASK, new DuplicateTaskException("number " + index));
  }

  @Test
  void batchWithoutRefusalGivesWhatIsStored() {
    assertEquals(List.of(TASK), new BatchResult(List.of(TASK), List.of()).orThrow());
    assertEquals(List.of(), new BatchResult(List.of(), List.of()).orThrow());
  }

  @Test
  void firstRefusalIsThrown() {
    Refusal only = refusal(3);
    BatchResult result = new BatchResult(List.of(TASK), List.of(only));
    assertSame(only.reason(), assertThrows(DuplicateTaskException.class, result::orThrow));
    assertEquals(0, only.reason().getSuppressed().length);
    assertEquals(List.of(TASK), result.stored());
  }

  @Test
  void furtherRefusalsAreSuppressed() {
    List<Refusal> refused = List.of(refusal(0), refusal(2), refusal(5));
    BatchResult result = new BatchResult(List.of(), refused);
    TaskRepositoryException thrown = assertThrows(DuplicateTaskException.class, result::orThrow);
    assertSame(refused.get(0).reason(), thrown);
    assertArrayEquals(
        new Throwable[] {refused.get(1).reason(), refused.get(2).reason()}, thrown.getSuppressed());
  }

  @Test
  void listsAreCopies() {
    List<Task> stored = new ArrayList<>(List.of(TASK));
    List<Refusal> refused = new ArrayList<>(List.of(refusal(1)));
    BatchResult result = new BatchResult(stored, refused);
    stored.clear();
    refused.clear();
    assertEquals(1, result.stored().size());
    assertEquals(1, result.refused().size());
    assertThrows(UnsupportedOperationException.class, () -> result.stored().clear());
    assertThrows(UnsupportedOperationException.class, () -> result.refused().clear());
  }
}
