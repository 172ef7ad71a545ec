package dev.tiercel.soak;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.util.List;
import java.util.Random;

/** Counts up those tasks that are its own, alone, together and inside transactions. One thread. */
final class Writing {
  static final int WRITERS = 2;

  private final TaskRepository tasks;
  private final Counting counting;
  private final int first;

  Writing(Stack stack, Counting counting, int first) {
    this.tasks = stack.tiercel.tasks();
    this.counting = counting;
    this.first = first;
  }

  private int one(Random random) {
    return first + WRITERS * random.nextInt(Counting.TASKS / WRITERS);
  }

  /* The task is read before it is written: whatever became of a write that was interrupted, this
   * is what it left. */
  void step(Random random) {
    int i = one(random);
    int other = one(random);
    switch (random.nextInt(8)) {
      case 0 -> {
        if (i != other) {
          Task one = advanced(i);
          Task two = advanced(other);
          tasks.saveAll(List.of(one, two)).orThrow().forEach(this::acknowledge);
        }
      }
      case 1 ->
          acknowledge(
              tasks.inTransaction(
                  tx ->
                      tx.save(
                          tx.findById(Counting.id(i))
                              .orElseThrow()
                              .withPriority(counting.next(i)))));
      case 2 ->
          tasks.inTransaction(
              tx -> {
                tx.save(advanced(i));
                throw new SoakFault(SoakFault.Maker.TRANSACTION);
              });
      default -> acknowledge(tasks.save(advanced(i)));
    }
  }

  private Task advanced(int i) {
    long[] least = counting.least();
    Task task = tasks.findById(Counting.id(i)).orElseThrow();
    counting.saw(task, least, "findById of the writer");
    return task.withPriority(counting.next(i));
  }

  private void acknowledge(Task stored) {
    counting.acknowledged(Counting.index(stored.id()), stored.priority());
  }
}
