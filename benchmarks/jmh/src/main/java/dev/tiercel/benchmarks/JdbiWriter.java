package dev.tiercel.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;

/** Jdbi over HikariCP, the same statements on the same table. */
final class JdbiWriter implements Writer {
  private final HikariDataSource pool;
  private final Jdbi jdbi;
  private final AtomicLong lease = new AtomicLong();

  JdbiWriter(Path file, Durability durability) {
    pool = HikariWriter.pool(file, durability);
    jdbi = Jdbi.create(pool);
  }

  @Override
  public void add(Task task) {
    jdbi.useHandle(
        handle ->
            handle
                .createUpdate(Raw.INSERT)
                .bind(0, task.id())
                .bind(1, task.title())
                .bind(2, task.description())
                .bind(3, task.assignedAgentId())
                .bind(4, Raw.micros(task.createdAt()))
                .bind(5, nullable(task.assignedAt()))
                .bind(6, nullable(task.completedAt()))
                .bind(7, task.priority())
                .bind(8, Raw.micros(task.updatedAt()))
                .bind(9, task.version())
                .bind(10, task.lease())
                .bind(11, nullable(task.leaseExpiresAt()))
                .execute());
  }

  @Override
  public int claim(int n) {
    long now = Raw.micros(Instant.now());
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(Raw.CLAIM)
                .bind(0, AGENT)
                .bind(1, now)
                .bind(2, now)
                .bind(3, lease.incrementAndGet())
                .bind(4, now + Raw.LEASE_MICROS)
                .bind(5, n)
                .map((row, context) -> Raw.task(row))
                .list()
                .size());
  }

  private static Long nullable(Instant time) {
    return time == null ? null : Raw.micros(time);
  }

  @Override
  public void close() {
    pool.close();
  }
}
