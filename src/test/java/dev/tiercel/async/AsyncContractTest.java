package dev.tiercel.async;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a repository holds through its asynchronous face, over SQLite. */
class AsyncContractTest {
  @TempDir Path folder;

  private TaskRepository repository(InstantSource clock) {
    return repository(clock, AsyncCalls.builder());
  }

  private TaskRepository repository(InstantSource clock, AsyncCallsBuilder how) {
    SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(folder.resolve("tasks.db")).durability(Durability.NORMAL),
            false,
            clock);
    AsyncCalls calls = how.build();
    return WaitingTasks.over(
        AsyncTaskRepository.of(tasks, calls),
        () -> {
          calls.close();
          tasks.close();
        });
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
      // Listeners hear on the thread that writes, which the contract takes to be the caller's.
      return repository(clock, AsyncCalls.builder().executor(Runnable::run));
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
