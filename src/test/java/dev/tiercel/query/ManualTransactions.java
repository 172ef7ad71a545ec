package dev.tiercel.query;

import java.util.ArrayList;
import java.util.List;

/** Transactions that a test begins and ends, one a thread. */
final class ManualTransactions implements Transactions {
  @SuppressWarnings("ThreadLocalUsage") // Each test has its own.
  private final ThreadLocal<List<Runnable>> callbacks = new ThreadLocal<>();

  void begin() {
    callbacks.set(new ArrayList<>());
  }

  /** Ends the transaction, whatever became of what was written. */
  void complete() {
    List<Runnable> all = callbacks.get();
    callbacks.remove();
    all.forEach(Runnable::run);
  }

  @Override
  public boolean active() {
    return callbacks.get() != null;
  }

  @Override
  public void afterCompletion(Runnable action) {
    callbacks.get().add(action);
  }
}
