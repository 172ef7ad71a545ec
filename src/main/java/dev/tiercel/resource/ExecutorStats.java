package dev.tiercel.resource;

import java.util.concurrent.ThreadPoolExecutor;

/**
 * What an executor does. Immutable; the figures were read one after the other.
 *
 * @param active threads that are at work now
 * @param threads threads that there are
 * @param maxThreads how many there may be
 * @param queued tasks that wait for a thread
 * @param completed tasks that are done
 */
public record ExecutorStats(int active, int threads, int maxThreads, int queued, long completed) {
  /**
   * Reads the figures of an executor. It waits for the executor's own lock, which none of its tasks
   * holds while it runs.
   *
   * @param executor the executor
   * @return its figures
   */
  public static ExecutorStats of(ThreadPoolExecutor executor) {
    return new ExecutorStats(
        executor.getActiveCount(),
        executor.getPoolSize(),
        executor.getMaximumPoolSize(),
        executor.getQueue().size(),
        executor.getCompletedTaskCount());
  }
}
