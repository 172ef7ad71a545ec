package dev.tiercel.powerloss;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Asks what a cache keeps, again and again, and has it put into the tiers. */
final class TaskReader implements Runnable {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int ROUNDS_AFTER = 3;

  private final Tiercel tiercel;
  private final Random random;
  private volatile boolean ending;

  TaskReader(Tiercel tiercel, Random random) {
    this.tiercel = tiercel;
    this.random = random;
  }

  /** The listings that are asked for. */
  static List<TaskQuery> listings() {
    List<TaskQuery> all = new ArrayList<>();
    all.add(TaskQuery.all().limit(1_000));
    all.add(TaskQuery.pending().limit(1_000));
    for (int i = 0; i < TaskWriter.AGENTS; i++) {
      all.add(TaskQuery.forAgent("agent-" + i).limit(1_000));
    }
    return all;
  }

  void end() {
    ending = true;
  }

  @Override
  public void run() {
    try {
      while (!ending) {
        ask(3);
      }
      for (int i = 0; i < ROUNDS_AFTER; i++) { // Of what nobody writes any more, more is kept.
        ask(1);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void ask(int oneOf) throws InterruptedException {
    List<Task> all = tiercel.tasks().findAll();
    for (Task task : all) {
      if (random.nextInt(oneOf) == 0) {
        tiercel.tasks().findById(task.id());
      }
    }
    for (TaskQuery listing : listings()) {
      if (random.nextInt(oneOf) == 0) {
        tiercel.tasks().find(listing);
        tiercel.tasks().count(listing);
      }
    }
    if (!tiercel.cache().flush(LONG)) {
      throw new IllegalStateException("the tiers are too slow");
    }
  }
}
