package dev.tiercel.benchmarks;

import dev.tiercel.cache.Ledger;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.sqlite.WriteJournal;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Tiercel, with or without a durable ledger. */
final class TiercelWriter implements Writer {
  private static final Duration LEASE = Duration.ofHours(1);

  private final SqliteTaskRepository tasks;

  TiercelWriter(Path file, Durability durability, boolean journaled) {
    WriteJournal journal = journaled ? Ledger.durable(TaskTags::of).journal() : WriteJournal.NONE;
    tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(file).durability(durability).journal(journal),
            false,
            InstantSource.system());
  }

  TaskRepository tasks() {
    return tasks;
  }

  @Override
  public void add(Task task) {
    tasks.add(task);
  }

  @Override
  public int claim(int n) {
    return tasks.claim(AGENT, n, LEASE).size();
  }

  @Override
  public void close() {
    tasks.close();
  }
}
