package dev.tiercel.task;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The whole contract of a repository, for those that many threads use and that hand out copies. */
public abstract class SharedTaskRepositoryContract extends TaskRepositoryContract {
  @Nested
  class SharedUse extends SharedUseContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class HandedOut extends HandedOutContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }
}
