package dev.tiercel.task;

import java.util.List;

/**
 * What became of each task of a batch. What is in {@code stored} is durable; what is in {@code
 * refused} left no trace.
 *
 * @param stored the tasks as they are stored now, in the order given
 * @param refused the tasks that were not stored, in the order given
 */
public record BatchResult(List<Task> stored, List<Refusal> refused) {

  /** Creates a result; the lists are copied unless they are immutable already. */
  public BatchResult {
    stored = List.copyOf(stored);
    refused = List.copyOf(refused);
  }

  /**
   * Insists that every task was stored.
   *
   * @return the tasks as they are stored now
   * @throws TaskRepositoryException the first refusal's reason, with the others suppressed; what
   *     was stored stays stored
   */
  public List<Task> orThrow() {
    if (refused.isEmpty()) {
      return stored;
    }
    TaskRepositoryException first = refused.get(0).reason();
    refused.stream().skip(1).map(Refusal::reason).forEach(first::addSuppressed);
    throw first;
  }

  /**
   * A task that was not stored.
   *
   * @param index its place in the batch, from 0
   * @param task the task as it was given
   * @param reason why, as the single call would have thrown it
   */
  public record Refusal(int index, Task task, TaskRepositoryException reason) {}
}
