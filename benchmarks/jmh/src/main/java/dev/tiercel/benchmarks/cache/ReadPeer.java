package dev.tiercel.benchmarks.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tiercel.Tiercel;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.util.Optional;

/** Who answers: the cached repository, a cache that knows nothing of writes, or no cache. */
public enum ReadPeer {
  /** The repository with its cache, as the door opens it. */
  TIERCEL {
    @Override
    Subject open(Path file, int answers) {
      Tiercel tiercel = Tiercel.open(file);
      TaskRepository tasks = tiercel.tasks();
      return new Subject(tasks::findById, tasks::find, tasks, tiercel);
    }
  },

  /** Caffeine by hand, with room for as many answers; it would be stale after a write. */
  CAFFEINE {
    @Override
    Subject open(Path file, int answers) {
      Tiercel tiercel = Tiercel.builder(file).uncached().build();
      TaskRepository tasks = tiercel.tasks();
      Cache<String, Optional<Task>> single = cache(answers);
      Cache<TaskQuery, Page<Task>> pages = cache(answers);
      return new Subject(
          id -> single.get(id, tasks::findById),
          query -> pages.get(query, tasks::find),
          tasks,
          tiercel);
    }
  },

  /** JetCache's local cache by hand, as stale after a write. */
  JETCACHE {
    @Override
    Subject open(Path file, int answers) {
      Tiercel tiercel = Tiercel.builder(file).uncached().build();
      TaskRepository tasks = tiercel.tasks();
      com.alicp.jetcache.Cache<String, Optional<Task>> single = JetCaches.local(room(answers));
      com.alicp.jetcache.Cache<TaskQuery, Page<Task>> pages = JetCaches.local(room(answers));
      return new Subject(
          id -> single.computeIfAbsent(id, tasks::findById),
          query -> pages.computeIfAbsent(query, tasks::find),
          tasks,
          tiercel);
    }
  },

  /** The repository alone. */
  UNCACHED {
    @Override
    Subject open(Path file, int answers) {
      Tiercel tiercel = Tiercel.builder(file).uncached().build();
      TaskRepository tasks = tiercel.tasks();
      return new Subject(tasks::findById, tasks::find, tasks, tiercel);
    }
  };

  /** Answers one kind of question. */
  interface Asked<K, V> {
    V answer(K key);
  }

  /** What is read, and the repository that is written to. */
  record Subject(
      Asked<String, Optional<Task>> single,
      Asked<TaskQuery, Page<Task>> pages,
      TaskRepository tasks,
      Tiercel tiercel) {}

  abstract Subject open(Path file, int answers);

  private static <K, V> Cache<K, V> cache(int answers) {
    return Caffeine.newBuilder().maximumSize(room(answers)).build();
  }

  private static int room(int answers) {
    return answers + answers / 2;
  }
}
