package dev.tiercel.task;

import java.time.InstantSource;
import org.junit.jupiter.api.Nested;

/** All parts of the contract of a repository that one thread can tell. */
public abstract class TaskRepositoryContract {
  /** Opens what is held to the contract. */
  protected abstract TaskRepository repository(InstantSource clock);

  /** Opens it where a listener is to hear on the thread that writes. */
  protected TaskRepository listened(InstantSource clock) {
    return repository(clock);
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
      return listened(clock);
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
