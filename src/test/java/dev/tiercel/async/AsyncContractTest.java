package dev.tiercel.async;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.SharedTaskRepositoryContract;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a repository holds through its asynchronous face, over SQLite. */
class AsyncContractTest extends SharedTaskRepositoryContract {
  @TempDir Path folder;

  @Override
  protected TaskRepository repository(InstantSource clock) {
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

  @Override
  protected TaskRepository listened(InstantSource clock) {
    return repository(clock, AsyncCalls.builder().executor(Runnable::run));
  }
}
