package dev.tiercel.query;

import dev.tiercel.task.BatchResult;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository over another one, to do something else in one place; it counts what is read. */
class ForwardingTasks implements TaskRepository {
  final TaskRepository to;
  final AtomicLong reads = new AtomicLong();

  ForwardingTasks(TaskRepository to) {
    this.to = to;
  }

  private TaskRepository reading() {
    reads.incrementAndGet();
    return to;
  }

  @Override
  public Task add(Task task) {
    return to.add(task);
  }

  @Override
  public Task save(Task task) {
    return to.save(task);
  }

  @Override
  public BatchResult addAll(Collection<Task> tasks) {
    return to.addAll(tasks);
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    return to.saveAll(tasks);
  }

  @Override
  public Optional<Task> findById(String id) {
    return reading().findById(id);
  }

  @Override
  public List<Task> findByIds(Collection<String> ids) {
    return reading().findByIds(ids);
  }

  @Override
  public Page<Task> find(TaskQuery query) {
    return reading().find(query);
  }

  @Override
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    return reading().findPage(query, page);
  }

  @Override
  public long count(TaskQuery query) {
    return reading().count(query);
  }

  @Override
  public TaskStats stats() {
    return reading().stats();
  }

  @Override
  public <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    return reading().<T>stream(query, use);
  }

  @Override
  public <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    return reading().<T>streamSnapshot(query, atMost, use);
  }

  @Override
  public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    return to.claim(agent, n, lease, filter);
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    return to.renewLease(id, lease, duration);
  }

  @Override
  public Task complete(String id, long lease) {
    return to.complete(id, lease);
  }

  @Override
  public Task release(String id, long lease) {
    return to.release(id, lease);
  }

  @Override
  public boolean delete(String id) {
    return to.delete(id);
  }

  @Override
  public long prune(Instant completedBefore, int batch) {
    return to.prune(completedBefore, batch);
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    return to.<T>inTransaction(work);
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    return to.addListener(listener);
  }
}
