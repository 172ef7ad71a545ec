package dev.tiercel.query;

import dev.tiercel.task.SharedTaskRepositoryContract;
import dev.tiercel.task.TaskRepository;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;

/** The contract of a repository holds through the cache, over one that knows nothing of it. */
class CachedForeignContractTest extends SharedTaskRepositoryContract {
  private final Stacks stacks = new Stacks();

  @Override
  protected TaskRepository repository(InstantSource clock) {
    return stacks.foreign(clock).cached();
  }

  @AfterEach
  void close() {
    stacks.close();
  }
}
