package dev.tiercel.resource;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Threads of a test; each wait ends with a failure rather than never. */
final class Threads {
  private Threads() {}

  static Running start(CloseAction work) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              work.close();
              return true;
            });
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return new Running(thread, task);
  }

  /** Returns once the thread waits for another one, or is over. */
  static void awaitParked(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  record Running(Thread thread, FutureTask<Boolean> task) {
    void awaitParked() {
      Threads.awaitParked(thread);
    }

    void join() throws Exception {
      task.get(20, TimeUnit.SECONDS);
    }
  }
}
