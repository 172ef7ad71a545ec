package dev.tiercel.query;

import dev.tiercel.task.BadInputContract;
import dev.tiercel.task.ClaimContract;
import dev.tiercel.task.HandedOutContract;
import dev.tiercel.task.LeaseContract;
import dev.tiercel.task.ListingContract;
import dev.tiercel.task.SharedUseContract;
import dev.tiercel.task.StreamContract;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TransactionContract;
import dev.tiercel.task.WriteContract;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a repository holds through the cache, over SQLite. */
class CachedSqliteContractTest {
  @TempDir Path folder;

  private final Stacks stacks = new Stacks();

  private TaskRepository repository(InstantSource clock) {
    return stacks.sqlite(folder, clock).cached();
  }

  @AfterEach
  void close() {
    stacks.close();
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
