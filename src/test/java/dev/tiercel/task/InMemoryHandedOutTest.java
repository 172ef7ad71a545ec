package dev.tiercel.task;

import java.time.InstantSource;

class InMemoryHandedOutTest extends HandedOutContract {
  @Override
  protected TaskRepository open(InstantSource clock) {
    return new InMemoryTaskRepository(clock);
  }
}
