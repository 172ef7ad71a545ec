package dev.tiercel.query;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.UUID;

/** Opens repositories with a cache in front, and closes them, the last one first. */
final class Stacks implements AutoCloseable {
  private final ResourceManager opened = new ResourceManager();

  /** A repository with a cache, and the same without. */
  record Stack(CachedTaskRepository cached, TaskRepository bare) {}

  /** Over SQLite, on the durable ledger. */
  Stack sqlite(Path folder, InstantSource clock) {
    return sqlite(folder.resolve(UUID.randomUUID() + ".db"), clock, TieredCache.builder());
  }

  Stack sqlite(Path file, InstantSource clock, TieredCacheBuilder cache) {
    SqliteLedger ledger = Ledger.durable(row -> TaskTags.of(row.before(), row.after()));
    SqliteTaskRepository bare =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(file)
                .durability(Durability.NORMAL)
                .readers(4)
                .journal(ledger.journal()),
            false,
            clock);
    opened.register(bare);
    return new Stack(opened(CachedTaskRepository.of(bare, ledger, cache)), bare);
  }

  /** Over a repository that knows nothing of the cache. */
  Stack foreign(TaskRepository bare) {
    return new Stack(
        opened(
            CachedTaskRepository.of(bare, Ledger.inMemory(), TieredCache.builder().onlyWriter())),
        bare);
  }

  Stack foreign(InstantSource clock) {
    return foreign(new InMemoryTaskRepository(clock));
  }

  private CachedTaskRepository opened(CachedTaskRepository cached) {
    return opened.register(cached);
  }

  @Override
  public void close() {
    opened.close();
  }
}
