package dev.tiercel.task;

import java.time.InstantSource;

class InMemorySharedUseTest extends SharedUseContract {
  @Override
  protected TaskRepository open(InstantSource clock) {
    return new InMemoryTaskRepository(clock);
  }
}
