package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.task.TaskRepository;

/** Whoever can be asked for what a trace asks. */
interface Answers {
  Object read(Read read);

  void write(Write write);

  /** The repository itself, without a cache. */
  static Answers of(TaskRepository tasks) {
    return new Answers() {
      @Override
      public Object read(Read read) {
        return read.from(tasks);
      }

      @Override
      public void write(Write write) {
        write.to(tasks);
      }
    };
  }
}
