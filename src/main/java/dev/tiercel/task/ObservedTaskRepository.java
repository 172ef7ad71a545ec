package dev.tiercel.task;

import dev.tiercel.task.TaskObserver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A repository whose calls can be watched; while nobody does, it only hands them on.
 *
 * <p>It belongs below a cache, not above it: what the cache answers from memory takes less time
 * than to note it, and is counted there. Safe for use by any number of threads.
 */
public final class ObservedTaskRepository implements TaskRepository {
  private static final Logger log = LoggerFactory.getLogger(ObservedTaskRepository.class);

  private final TaskRepository repository;
  private final LongSupplier nanoTime;
  private final List<TaskObserver> observers = new CopyOnWriteArrayList<>();
  private final AtomicBoolean warned = new AtomicBoolean();

  ObservedTaskRepository(TaskRepository repository, LongSupplier nanoTime) {
    this.repository = Objects.requireNonNull(repository, "repository must not be null");
    this.nanoTime = nanoTime;
  }

  /**
   * Makes a repository one that can be watched.
   *
   * @param repository the repository, which stays the caller's to close
   * @return the same repository, watched by nobody yet
   */
  public static ObservedTaskRepository of(TaskRepository repository) {
    return new ObservedTaskRepository(repository, System::nanoTime);
  }

  /**
   * Adds somebody who is told of each call that ends from now on.
   *
   * @param observer is told
   * @return removes the observer when run; running it again does nothing
   */
  public Runnable observe(TaskObserver observer) {
    Objects.requireNonNull(observer, "observer must not be null");
    // Each registration is its own: removing one must not remove another of the same observer.
    TaskObserver registration = (method, outcome, nanos) -> observer.called(method, outcome, nanos);
    observers.add(registration);
    return () -> observers.remove(registration);
  }

  private <T extends @Nullable Object> T observed(TaskMethod method, Supplier<? extends T> call) {
    if (observers.isEmpty()) {
      return call.get();
    }
    long begun = nanoTime.getAsLong();
    Outcome outcome = Outcome.FAILED;
    try {
      T result = call.get();
      outcome = Outcome.SUCCESS;
      return result;
    } catch (InvalidValueException
        | TaskStateException
        | DuplicateTaskException
        | StaleTaskException e) {
      outcome = Outcome.REFUSED;
      throw e;
    } finally {
      tell(method, outcome, nanoTime.getAsLong() - begun);
    }
  }

  private void tell(TaskMethod method, Outcome outcome, long nanos) {
    for (TaskObserver observer : observers) {
      try {
        observer.called(method, outcome, nanos);
      } catch (Throwable e) {
        if (warned.compareAndSet(false, true)) {
          log.warn("What watches the calls failed; the calls go on, and this is said no more", e);
        }
      }
    }
  }

  @Override
  public Task add(Task task) {
    return observed(TaskMethod.ADD, () -> repository.add(task));
  }

  @Override
  public Task save(Task task) {
    return observed(TaskMethod.SAVE, () -> repository.save(task));
  }

  @Override
  public BatchResult addAll(Collection<Task> tasks) {
    return observed(TaskMethod.ADD_ALL, () -> repository.addAll(tasks));
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    return observed(TaskMethod.SAVE_ALL, () -> repository.saveAll(tasks));
  }

  @Override
  public Optional<Task> findById(String id) {
    return observed(TaskMethod.FIND_BY_ID, () -> repository.findById(id));
  }

  @Override
  public List<Task> findByIds(Collection<String> ids) {
    return observed(TaskMethod.FIND_BY_IDS, () -> repository.findByIds(ids));
  }

  @Override
  public Page<Task> find(TaskQuery query) {
    return observed(TaskMethod.FIND, () -> repository.find(query));
  }

  @Override
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    return observed(TaskMethod.FIND_PAGE, () -> repository.findPage(query, page));
  }

  @Override
  public long count(TaskQuery query) {
    return observed(TaskMethod.COUNT, () -> repository.count(query));
  }

  @Override
  public <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    return this.<T>observed(TaskMethod.STREAM, () -> repository.<T>stream(query, use));
  }

  @Override
  public <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    return this.<T>observed(
        TaskMethod.STREAM_SNAPSHOT, () -> repository.<T>streamSnapshot(query, atMost, use));
  }

  @Override
  public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    return observed(TaskMethod.CLAIM, () -> repository.claim(agent, n, lease, filter));
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    return observed(TaskMethod.RENEW_LEASE, () -> repository.renewLease(id, lease, duration));
  }

  @Override
  public Task complete(String id, long lease) {
    return observed(TaskMethod.COMPLETE, () -> repository.complete(id, lease));
  }

  @Override
  public Task release(String id, long lease) {
    return observed(TaskMethod.RELEASE, () -> repository.release(id, lease));
  }

  @Override
  public boolean delete(String id) {
    return observed(TaskMethod.DELETE, () -> repository.delete(id));
  }

  @Override
  public long prune(Instant completedBefore, int batch) {
    return observed(TaskMethod.PRUNE, () -> repository.prune(completedBefore, batch));
  }

  @Override
  public TaskStats stats() {
    return observed(TaskMethod.STATS, repository::stats);
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    return this.<T>observed(TaskMethod.IN_TRANSACTION, () -> repository.<T>inTransaction(work));
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    return repository.addListener(listener);
  }
}
