package dev.tiercel.cache;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps what it is given until the test runs it, or rejects it. Thread-safe. */
final class SteppedExecutor implements Executor {
  private final Queue<Runnable> waiting = new ArrayDeque<>(); // Guarded by: this
  private boolean rejecting; // Guarded by: this

  @Override
  public synchronized void execute(Runnable work) {
    if (rejecting) {
      throw new RejectedExecutionException("full");
    }
    waiting.add(work);
  }

  synchronized void reject(boolean all) {
    rejecting = all;
  }

  synchronized int waiting() {
    return waiting.size();
  }

  /** Runs everything, also what comes meanwhile, on this thread. */
  void runAll() {
    for (Runnable work = next(); work != null; work = next()) {
      work.run();
    }
  }

  private synchronized Runnable next() {
    return waiting.poll();
  }
}
