package dev.tiercel.task;

import java.time.InstantSource;

/** Being watched changes nothing, not even by somebody who fails. */
class ObservedTaskRepositoryContractTest extends TaskRepositoryContract {
  @Override
  protected TaskRepository repository(InstantSource clock) {
    ObservedTaskRepository observed = ObservedTaskRepository.of(new InMemoryTaskRepository(clock));
    Runnable unused =
        observed.observe(
            (method, outcome, nanos) -> {
              throw new IllegalStateException("as asked");
            });
    return observed;
  }
}
