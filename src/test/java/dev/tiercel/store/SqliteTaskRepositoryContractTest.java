package dev.tiercel.store;

import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.task.SharedTaskRepositoryContract;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.io.TempDir;

/** The contract holds for SQLite. */
class SqliteTaskRepositoryContractTest extends SharedTaskRepositoryContract {
  @TempDir Path folder;

  @Override
  protected TaskRepository repository(InstantSource clock) {
    return SqliteTaskRepository.open(
        SqliteDatabase.builder(folder.resolve("tasks.db")).durability(Durability.NORMAL),
        false,
        clock);
  }
}
