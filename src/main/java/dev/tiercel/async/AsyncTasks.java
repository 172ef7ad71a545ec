package dev.tiercel.async;

import dev.tiercel.task.BatchResult;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.InvalidValueException;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Each method of the repository as a call. */
final class AsyncTasks implements AsyncTaskRepository {
  private final TaskRepository repository;
  private final AsyncCalls calls;
  private final @Nullable Duration within;
  private final Runnable closing;

  AsyncTasks(
      TaskRepository repository, AsyncCalls calls, @Nullable Duration within, Runnable closing) {
    this.repository = Objects.requireNonNull(repository, "tasks must not be null");
    this.calls = calls;
    this.within = within;
    this.closing = closing;
  }

  private <T extends @Nullable Object> CompletableFuture<T> call(Callable<? extends T> call) {
    return within == null ? calls.submit(call) : calls.submit(call, within);
  }

  private static <E> List<E> copy(String name, Collection<E> given) {
    Objects.requireNonNull(given, () -> name + " must not be null");
    given.forEach(each -> Objects.requireNonNull(each, () -> name + " must not hold null"));
    return List.copyOf(given);
  }

  @Override
  public AsyncTaskRepository within(Duration deadline) {
    Objects.requireNonNull(deadline, "deadline must not be null");
    return new AsyncTasks(repository, calls, deadline, () -> {});
  }

  @Override
  public Flow.Publisher<Task> publisher(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    Cursor from = query.cursor();
    if (from != null && from.backward()) {
      throw new InvalidValueException(
          "the cursor " + from + " points backward; a stream goes forward, from a next cursor");
    }
    return new TaskPublisher(repository, query, calls, within);
  }

  @Override
  public AsyncCalls calls() {
    return calls;
  }

  @Override
  public void close() {
    closing.run();
  }

  @Override
  public CompletableFuture<Task> add(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return call(() -> repository.add(task));
  }

  @Override
  public CompletableFuture<Task> save(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return call(() -> repository.save(task));
  }

  @Override
  public CompletableFuture<BatchResult> addAll(Collection<Task> tasks) {
    List<Task> copy = copy("tasks", tasks);
    return call(() -> repository.addAll(copy));
  }

  @Override
  public CompletableFuture<BatchResult> saveAll(Collection<Task> tasks) {
    List<Task> copy = copy("tasks", tasks);
    return call(() -> repository.saveAll(copy));
  }

  @Override
  public CompletableFuture<Optional<Task>> findById(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(() -> repository.findById(id));
  }

  @Override
  public CompletableFuture<List<Task>> findByIds(Collection<String> ids) {
    List<String> copy = copy("ids", ids);
    return call(() -> repository.findByIds(copy));
  }

  @Override
  public CompletableFuture<Page<Task>> find(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return call(() -> repository.find(query));
  }

  @Override
  public CompletableFuture<NumberedPage<Task>> findPage(TaskQuery query, int page) {
    Objects.requireNonNull(query, "query must not be null");
    return call(() -> repository.findPage(query, page));
  }

  @Override
  public CompletableFuture<Long> count(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return call(() -> repository.count(query));
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(use, "use must not be null");
    return call(() -> repository.stream(query, use));
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(query, "query must not be null");
    Objects.requireNonNull(atMost, "atMost must not be null");
    Objects.requireNonNull(use, "use must not be null");
    return call(() -> repository.streamSnapshot(query, atMost, use));
  }

  @Override
  public CompletableFuture<List<Task>> claim(
      String agent, int n, Duration lease, TaskFilter filter) {
    Objects.requireNonNull(agent, "agent must not be null");
    Objects.requireNonNull(lease, "lease must not be null");
    Objects.requireNonNull(filter, "filter must not be null");
    return call(() -> repository.claim(agent, n, lease, filter));
  }

  @Override
  public CompletableFuture<List<Task>> claim(String agent, int n, Duration lease) {
    Objects.requireNonNull(agent, "agent must not be null");
    Objects.requireNonNull(lease, "lease must not be null");
    return call(() -> repository.claim(agent, n, lease));
  }

  @Override
  public CompletableFuture<Task> renewLease(String id, long lease, Duration duration) {
    Objects.requireNonNull(id, "id must not be null");
    Objects.requireNonNull(duration, "duration must not be null");
    return call(() -> repository.renewLease(id, lease, duration));
  }

  @Override
  public CompletableFuture<Task> complete(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    return call(() -> repository.complete(id, lease));
  }

  @Override
  public CompletableFuture<Task> release(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    return call(() -> repository.release(id, lease));
  }

  @Override
  public CompletableFuture<Boolean> delete(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return call(() -> repository.delete(id));
  }

  @Override
  public CompletableFuture<Long> prune(Instant completedBefore, int batch) {
    Objects.requireNonNull(completedBefore, "completedBefore must not be null");
    return call(() -> repository.prune(completedBefore, batch));
  }

  @Override
  public CompletableFuture<TaskStats> stats() {
    return call(() -> repository.stats());
  }

  @Override
  public <T extends @Nullable Object> CompletableFuture<T> inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    Objects.requireNonNull(work, "work must not be null");
    return call(() -> repository.inTransaction(work));
  }

  @Override
  public CompletableFuture<Runnable> addListener(TaskListener listener) {
    Objects.requireNonNull(listener, "listener must not be null");
    return call(() -> repository.addListener(listener));
  }

  @Override
  public CompletableFuture<List<Task>> findByAgent(String agent, int limit) {
    Objects.requireNonNull(agent, "agent must not be null");
    return call(() -> repository.findByAgent(agent, limit));
  }

  @Override
  public CompletableFuture<List<Task>> findByAgent(String agent) {
    Objects.requireNonNull(agent, "agent must not be null");
    return call(() -> repository.findByAgent(agent));
  }

  @Override
  public CompletableFuture<List<Task>> findPending(int limit) {
    return call(() -> repository.findPending(limit));
  }

  @Override
  public CompletableFuture<List<Task>> findPending() {
    return call(() -> repository.findPending());
  }

  @Override
  public CompletableFuture<List<Task>> findAll(int limit) {
    return call(() -> repository.findAll(limit));
  }

  @Override
  public CompletableFuture<List<Task>> findAll() {
    return call(() -> repository.findAll());
  }
}
