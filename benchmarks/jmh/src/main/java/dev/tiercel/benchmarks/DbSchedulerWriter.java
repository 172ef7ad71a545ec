package dev.tiercel.benchmarks;

import com.github.kagkarlsson.scheduler.TaskRepository;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.zaxxer.hikari.HikariDataSource;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.time.Instant;

/**
 * db-scheduler over HikariCP, with the fetch-then-pick of its polling.
 *
 * <p>What is picked stays in the index that it polls along, at the head, until it is done.
 */
final class DbSchedulerWriter implements Writer {
  private final HikariDataSource pool;
  private final TaskRepository repository;

  DbSchedulerWriter(Path file, Durability durability) {
    pool = HikariWriter.pool(file, durability);
    repository = DbScheduler.on(pool);
  }

  @Override
  public void add(Task task) {
    if (!repository.createIfNotExists(DbScheduler.scheduled(task))) {
      throw new IllegalStateException("the task " + task.id() + " is there already");
    }
  }

  @Override
  public int claim(int n) {
    int picked = 0;
    while (picked < n) {
      Instant now = Instant.now();
      for (Execution due : repository.getDue(now, n - picked)) {
        if (repository.pick(due, now).isPresent()) {
          picked++;
        }
      }
    }
    return picked;
  }

  @Override
  public void close() {
    pool.close();
  }
}
