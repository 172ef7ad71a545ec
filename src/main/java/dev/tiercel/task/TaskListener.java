package dev.tiercel.task;

import java.util.List;

/** Hears of writes after they were committed. */
@FunctionalInterface
public interface TaskListener {
  /**
   * Called once per write that changed something, after its commit and before the write returns, on
   * the writing thread; {@link TaskRepository#prune} is a write for each of its batches. Writes of
   * different threads may be reported in another order than they were committed in. What it throws
   * is logged and reaches nobody; a write whose outcome is unknown is not reported.
   *
   * @param changes what changed, in the order of the write; never empty, immutable
   */
  void changed(List<TaskChange> changes);
}
