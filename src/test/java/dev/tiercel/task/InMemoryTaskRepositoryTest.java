package dev.tiercel.task;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** The contract holds for the simplest repository there is. */
class InMemoryTaskRepositoryTest {
  private TaskRepository repository(InstantSource clock) {
    return new InMemoryTaskRepository(clock);
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
