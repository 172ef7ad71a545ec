package dev.tiercel;

import dev.tiercel.memory.MemoryProfiler;
import dev.tiercel.metrics.TiercelMetrics;
import dev.tiercel.query.CacheWarmer;
import dev.tiercel.query.CachedTaskRepository;
import dev.tiercel.sqlite.ConnectionUse;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.ObservedTaskRepository;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.web.Dashboard;
import dev.tiercel.web.DashboardBuilder;
import dev.tiercel.web.DashboardPool;
import dev.tiercel.web.DashboardSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a stack, open.
 *
 * @param name what its meters are told apart by
 * @param observed what the calls go to that no cache answers
 * @param stored what is below that; null in memory
 * @param cached what is above that; null without a cache, as the next
 * @param warmer warms the cache
 */
record Opened(
    String name,
    ObservedTaskRepository observed,
    @Nullable SqliteTaskRepository stored,
    @Nullable CachedTaskRepository cached,
    @Nullable CacheWarmer warmer) {
  TaskRepository tasks() {
    return cached == null ? observed : cached;
  }

  /** The metrics of all of them, and of the process; fails to link where there is no Micrometer. */
  TiercelMetrics metrics() {
    List<TiercelMetrics> parts = new ArrayList<>();
    parts.add(TiercelMetrics.of(observed, name));
    if (stored != null) {
      parts.add(TiercelMetrics.of(stored.database()));
    }
    if (cached != null) {
      parts.add(TiercelMetrics.of(cached.cache(), name));
    }
    if (warmer != null) {
      parts.add(TiercelMetrics.of(warmer, name));
    }
    parts.add(TiercelMetrics.of(MemoryProfiler.system()));
    return TiercelMetrics.all(parts);
  }

  /** A dashboard of all of them, and of the process. */
  DashboardBuilder dashboard() {
    DashboardBuilder builder =
        Dashboard.of().title(name.equals(TiercelBuilder.DEFAULT_NAME) ? "Tiercel" : name);
    if (cached != null) {
      builder.add(DashboardSource.cache(name, cached.cache()));
    }
    builder.add(DashboardSource.tasks(name, stored == null ? observed : stored));
    if (warmer != null) {
      builder.add(DashboardSource.warmer(name, warmer));
    }
    if (stored != null) {
      SqliteDatabase database = stored.database();
      for (ConnectionUse use : database.connections()) {
        builder.add(DashboardSource.pool(use.pool(), () -> connections(database, use.pool())));
      }
    }
    return builder.add(DashboardSource.memory(MemoryProfiler.system()));
  }

  private static DashboardPool connections(SqliteDatabase database, String pool) {
    for (ConnectionUse use : database.connections()) {
      if (use.pool().equals(pool)) {
        return DashboardPool.of(use.most(), use.idle(), use.inUse(), use.waiting());
      }
    }
    throw new IllegalStateException("there is no pool " + pool);
  }

  /** Closes them in order. */
  void close() {
    try {
      if (warmer != null) {
        warmer.close();
      }
      if (cached != null) {
        cached.close();
      }
    } finally {
      if (stored != null) {
        stored.close();
      }
    }
  }
}
