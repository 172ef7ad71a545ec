package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
import dev.tiercel.resource.ResourceManager;
import dev.tiercel.task.SharedTaskRepositoryContract;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of a repository, through a wrapper that knows of it only what its rules say. */
abstract class WrappedContract extends SharedTaskRepositoryContract {
  private static final String TASKS = "tasks";

  private final ResourceManager opened = new ResourceManager();

  /** Opens what is wrapped, and a cache for it; both are closed after the test. */
  abstract Below below(InstantSource clock, ResourceManager opened);

  /** What is below a wrapper. */
  record Below(TaskRepository target, TieredCacheBuilder cache) {}

  @Override
  protected TaskRepository repository(InstantSource clock) {
    Below below = below(clock, opened);
    return wrapped(below.target(), opened.register(below.cache().build()));
  }

  private static TaskRepository wrapped(TaskRepository target, TieredCache cache) {
    return Caching.of(TaskRepository.class, target)
        .with(cache)
        .cached(TaskRepository::findById, c -> c.tag(TASKS))
        .cached(TaskRepository::findByIds, c -> c.tag(TASKS))
        .cached(TaskRepository::find, c -> c.tag(TASKS))
        .cached(TaskRepository::findPage, c -> c.tag(TASKS))
        .cached(TaskRepository::count, c -> c.tag(TASKS))
        .cached(TaskRepository::stats, c -> c.tag(TASKS))
        .invalidates(TaskRepository::add, i -> i.tag(TASKS))
        .invalidates(TaskRepository::save, i -> i.tag(TASKS))
        .invalidates(TaskRepository::addAll, i -> i.tag(TASKS))
        .invalidates(TaskRepository::saveAll, i -> i.tag(TASKS))
        .invalidates(
            (ResultCall.Of4<TaskRepository, String, Integer, Duration, TaskFilter, List<Task>>)
                TaskRepository::claim,
            i -> i.tag(TASKS))
        .invalidates(TaskRepository::renewLease, i -> i.tag(TASKS))
        .invalidates(TaskRepository::complete, i -> i.tag(TASKS))
        .invalidates(TaskRepository::release, i -> i.tag(TASKS))
        .invalidates(TaskRepository::delete, i -> i.tag(TASKS))
        .invalidates(TaskRepository::prune, i -> i.tag(TASKS))
        .invalidates(
            (ResultCall.Of1<TaskRepository, Function<TaskRepository, Object>, Object>)
                TaskRepository::inTransaction,
            i -> i.everything())
        .passesThrough(
            (VoidCall.Of2<TaskRepository, TaskQuery, Function<Stream<Task>, Object>>)
                TaskRepository::stream)
        .passesThrough(
            (VoidCall.Of3<TaskRepository, TaskQuery, Duration, Function<Stream<Task>, Object>>)
                TaskRepository::streamSnapshot)
        .passesThrough(TaskRepository::addListener)
        .build();
  }

  @AfterEach
  void close() {
    opened.close();
  }

  @Test
  void itIsTheCacheThatAnswers() {
    Below below = below(InstantSource.system(), opened);
    ForwardingTasks target = new ForwardingTasks(below.target());
    TaskRepository tasks = wrapped(target, opened.register(below.cache().build()));
    Task added = tasks.add(Task.titled("task"));
    for (int i = 0; i < 3; i++) {
      assertEquals(added, tasks.findById(added.id()).orElseThrow());
      assertEquals(List.of(added), tasks.findByIds(List.of(added.id())));
      assertEquals(List.of(added), tasks.findAll());
      assertEquals(List.of(added), tasks.findPage(TaskQuery.all(), 1).items());
      assertEquals(1, tasks.count(TaskQuery.all()));
      assertEquals(1, tasks.stats().total());
    }
    assertEquals(6, target.reads.get());
  }
}
