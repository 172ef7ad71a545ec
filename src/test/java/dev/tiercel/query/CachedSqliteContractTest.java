package dev.tiercel.query;

import dev.tiercel.task.SharedTaskRepositoryContract;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a repository holds through the cache, over SQLite. */
class CachedSqliteContractTest extends SharedTaskRepositoryContract {
  @TempDir Path folder;

  private final Stacks stacks = new Stacks();

  @Override
  protected TaskRepository repository(InstantSource clock) {
    return stacks.sqlite(folder, clock).cached();
  }

  @AfterEach
  void close() {
    stacks.close();
  }
}
