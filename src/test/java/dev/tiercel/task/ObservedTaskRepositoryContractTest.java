package dev.tiercel.task;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** Being watched changes nothing, not even by somebody who fails. */
class ObservedTaskRepositoryContractTest {
  private TaskRepository repository(InstantSource clock) {
    ObservedTaskRepository observed = ObservedTaskRepository.of(new InMemoryTaskRepository(clock));
    Runnable unused =
        observed.observe(
            (method, outcome, nanos) -> {
              throw new IllegalStateException("as asked");
            });
    return observed;
  }

  @Nested
  class Writing extends WriteContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class Listing extends ListingContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class Claiming extends ClaimContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class Transactions extends TransactionContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class BadInput extends BadInputContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class Streaming extends StreamContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }

  @Nested
  class Leasing extends LeaseContract {
    @Override
    protected TaskRepository open(InstantSource clock) {
      return repository(clock);
    }
  }
}
