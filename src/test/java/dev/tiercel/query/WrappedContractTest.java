package dev.tiercel.query;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.SqliteDatabaseBuilder;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.InMemoryTaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of a repository holds through a wrapper, whatever is below it. */
class WrappedContractTest {
  @TempDir Path folder;

  private SqliteDatabaseBuilder database() {
    return SqliteDatabase.builder(folder.resolve(UUID.randomUUID() + ".db"))
        .durability(Durability.NORMAL);
  }

  @Nested
  class OverMemory extends WrappedContract {
    @Override
    Below below(InstantSource clock, ResourceManager opened) {
      return new Below(new InMemoryTaskRepository(clock), TieredCache.builder().onlyWriter());
    }
  }

  @Nested
  class OverSqlite extends WrappedContract {
    @Override
    Below below(InstantSource clock, ResourceManager opened) {
      return new Below(
          opened.register(SqliteTaskRepository.open(database(), false, clock)),
          TieredCache.builder().onlyWriter());
    }
  }

  /** The writes are noted where the tasks are. */
  @Nested
  class OverSqliteOnItsLedger extends WrappedContract {
    @Override
    Below below(InstantSource clock, ResourceManager opened) {
      SqliteLedger ledger = Ledger.durable(row -> TaskTags.of(row.before(), row.after()));
      return new Below(
          opened.register(
              SqliteTaskRepository.open(database().journal(ledger.journal()), false, clock)),
          TieredCache.builder().ledger(ledger));
    }
  }
}
