package dev.tiercel.task;

import java.time.InstantSource;

/** The contract holds for the simplest repository there is. */
class InMemoryTaskRepositoryTest extends TaskRepositoryContract {
  @Override
  protected TaskRepository repository(InstantSource clock) {
    return new InMemoryTaskRepository(clock);
  }
}
