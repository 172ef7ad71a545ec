package dev.tiercel.async;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TaskRepository} whose calls return at once, each with the future of its result. The
 * calls themselves are made by {@link AsyncCalls}, which bounds, times and cancels them; what
 * stands there about futures holds here. Thread-safe.
 *
 * <p>A future fails with what the repository threw, with an {@link AsyncRejectedException} or an
 * {@link AsyncTimeoutException}. A null argument is a {@link NullPointerException} at once; every
 * other bad value is found by the repository.
 *
 * <p>Calls are made side by side: two that are made one after the other may be carried out in the
 * other order. What must follow, is chained ({@link CompletableFuture#thenCompose}) or done in one
 * {@link #inTransaction}. A read that is made after the future of a write is complete sees that
 * write.
 *
 * <p>A write whose future is cancelled, or that is late, never happens if it had not begun.
 * Otherwise it is interrupted, and was carried out wholly or not at all: the repository's own
 * rules, never half. The future cannot tell which; another look at the task can. A {@link #prune}
 * keeps what it has deleted until then, and an interrupted {@link #inTransaction} is rolled back
 * unless its function returns all the same.
 *
 * <pre>{@code
 * try (AsyncTaskRepository tasks = AsyncTaskRepository.of(tiercel.tasks())) {
 *   tasks.within(Duration.ofSeconds(2)).find(query).thenAccept(this::show);
 * }
 * }</pre>
 */
public interface AsyncTaskRepository extends AutoCloseable {
  /**
   * Makes a repository asynchronous, with the defaults of {@link AsyncCalls}.
   *
   * @param tasks the repository, which is not closed with this one; close it afterwards
   * @return the asynchronous one, to be closed by the caller
   */
  static AsyncTaskRepository of(TaskRepository tasks) {
    AsyncCalls calls = AsyncCalls.builder().build();
    return new AsyncTasks(tasks, calls, calls.deadline(), calls::close);
  }

  /**
   * Makes a repository asynchronous, on calls that were configured, and may be shared.
   *
   * @param tasks the repository, which is not closed with this one; close it afterwards
   * @param calls makes the calls, and is not closed with this one either
   * @return the asynchronous one; closing it does nothing
   */
  static AsyncTaskRepository of(TaskRepository tasks, AsyncCalls calls) {
    return new AsyncTasks(tasks, calls, calls.deadline(), () -> {});
  }

  /**
   * The same repository with another deadline for each of its calls. For a stream it is the time
   * that each batch has, from its demand on.
   *
   * @param deadline the time of a call; zero or less is over already, so no call is ever made
   * @return the view; closing it does nothing
   */
  AsyncTaskRepository within(Duration deadline);

  /**
   * The tasks of a query, from its cursor on, as a stream with back-pressure. Each subscriber goes
   * through them anew, in batches of the query's limit, when it asks for more. Memory holds one
   * batch for each subscriber. While a subscriber is slow, nothing of the database is held for it:
   * no connection, no lock, no snapshot; so each task is as it was when its batch was read, and one
   * that moves across that place may come twice or not at all.
   *
   * <p>The subscriber is signalled on the threads of {@link AsyncCalls}, one at a time, by the
   * rules of Reactive Streams; one that blocks keeps a thread. It gets an error when the repository
   * fails, a batch misses its deadline, too many streams are open, the calls are closed, or it
   * requests less than one task. One that throws is cancelled, which is logged.
   *
   * @param query which tasks, in which order; its limit is the size of a batch
   * @return the publisher, for any number of subscribers
   * @throws dev.tiercel.task.InvalidValueException if the query's cursor points backward
   */
  Flow.Publisher<Task> publisher(TaskQuery query);

  /**
   * What makes the calls, for other work and for figures.
   *
   * @return always the same object
   */
  AsyncCalls calls();

  /** Closes the {@link AsyncCalls} if they were made with this repository. */
  @Override
  void close();

  /**
   * Stores a new task; see {@link TaskRepository#add}.
   *
   * @param task the task
   * @return its future, of the task as it is stored
   */
  CompletableFuture<Task> add(Task task);

  /**
   * Stores a task, a new one or a changed one; see {@link TaskRepository#save}.
   *
   * @param task the task
   * @return its future, of the task as it is stored
   */
  CompletableFuture<Task> save(Task task);

  /**
   * Adds many tasks in one transaction; see {@link TaskRepository#addAll}.
   *
   * @param tasks the tasks, copied
   * @return its future, of what became of each
   */
  CompletableFuture<BatchResult> addAll(Collection<Task> tasks);

  /**
   * Saves many tasks in one transaction; see {@link TaskRepository#saveAll}.
   *
   * @param tasks the tasks, copied
   * @return its future, of what became of each
   */
  CompletableFuture<BatchResult> saveAll(Collection<Task> tasks);

  /**
   * Looks a task up; see {@link TaskRepository#findById}.
   *
   * @param id the id
   * @return its future, of the task, or empty
   */
  CompletableFuture<Optional<Task>> findById(String id);

  /**
   * Looks many tasks up; see {@link TaskRepository#findByIds}.
   *
   * @param ids the ids, copied
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findByIds(Collection<String> ids);

  /**
   * Lists one page; see {@link TaskRepository#find}.
   *
   * @param query which tasks, in which order, from where
   * @return its future, of the page
   */
  CompletableFuture<Page<Task>> find(TaskQuery query);

  /**
   * Lists one page by its number; see {@link TaskRepository#findPage}.
   *
   * @param query which tasks, in which order
   * @param page the number of the page, from 1
   * @return its future, of the page
   */
  CompletableFuture<NumberedPage<Task>> findPage(TaskQuery query, int page);

  /**
   * Counts the tasks of a query; see {@link TaskRepository#count}.
   *
   * @param query which tasks
   * @return its future, of how many there are
   */
  CompletableFuture<Long> count(TaskQuery query);

  /**
   * Goes through all tasks of a query on one thread; see {@link TaskRepository#stream}. With back-
   * pressure: {@link #publisher}.
   *
   * @param query which tasks, in which order
   * @param use what to do with the stream, on the thread of the call
   * @param <T> the type of the result
   * @return its future, of what {@code use} returned
   */
  <T extends @Nullable Object> CompletableFuture<T> stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use);

  /**
   * Goes through all tasks of a query as they are at one moment; see {@link
   * TaskRepository#streamSnapshot}.
   *
   * @param query which tasks, in which order
   * @param atMost how long the stream may take, from when it begins
   * @param use what to do with the stream, on the thread of the call
   * @param <T> the type of the result
   * @return its future, of what {@code use} returned
   */
  <T extends @Nullable Object> CompletableFuture<T> streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use);

  /**
   * Takes tasks to work on; see {@link TaskRepository#claim(String, int, Duration, TaskFilter)}.
   * When the future is cancelled after the call began, the tasks may have been claimed all the
   * same, until their leases run out.
   *
   * @param agent who takes them
   * @param n how many at most
   * @param lease how long the agent may work, from when the call is made
   * @param filter which tasks only
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> claim(String agent, int n, Duration lease, TaskFilter filter);

  /**
   * Takes tasks to work on, whichever they are; see {@link #claim(String, int, Duration,
   * TaskFilter)}.
   *
   * @param agent who takes them
   * @param n how many at most
   * @param lease how long the agent may work, from when the call is made
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> claim(String agent, int n, Duration lease);

  /**
   * Prolongs a lease; see {@link TaskRepository#renewLease}.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @param duration how long, from when the call is made
   * @return its future, of the task as it is stored
   */
  CompletableFuture<Task> renewLease(String id, long lease, Duration duration);

  /**
   * Completes a claimed task; see {@link TaskRepository#complete}.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @return its future, of the task as it is stored
   */
  CompletableFuture<Task> complete(String id, long lease);

  /**
   * Gives a claimed task back; see {@link TaskRepository#release}.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @return its future, of the task as it is stored
   */
  CompletableFuture<Task> release(String id, long lease);

  /**
   * Deletes a task; see {@link TaskRepository#delete}.
   *
   * @param id the id
   * @return its future, of whether there was one
   */
  CompletableFuture<Boolean> delete(String id);

  /**
   * Deletes what was completed long ago; see {@link TaskRepository#prune}.
   *
   * @param completedBefore the earliest completion time that is kept
   * @param batch how many tasks one transaction deletes at most
   * @return its future, of how many were deleted
   */
  CompletableFuture<Long> prune(Instant completedBefore, int batch);

  /**
   * Counts tasks by status and agent; see {@link TaskRepository#stats}.
   *
   * @return its future, of the counts
   */
  CompletableFuture<TaskStats> stats();

  /**
   * Runs reads and writes as one transaction, on the thread of the call; see {@link
   * TaskRepository#inTransaction}.
   *
   * @param work what to do with the repository it is given, which is no asynchronous one
   * @param <T> the type of the result
   * @return its future, of what {@code work} returned
   */
  <T extends @Nullable Object> CompletableFuture<T> inTransaction(
      Function<? super TaskRepository, ? extends T> work);

  /**
   * Adds a listener that hears of every committed write; see {@link TaskRepository#addListener}.
   *
   * @param listener the listener, called on the threads that write
   * @return its future, of what removes the listener
   */
  CompletableFuture<Runnable> addListener(TaskListener listener);

  /**
   * Lists an agent's tasks, newest first; see {@link TaskRepository#findByAgent(String, int)}.
   *
   * @param agent the agent
   * @param limit how many at most
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findByAgent(String agent, int limit);

  /**
   * Lists an agent's newest tasks; see {@link TaskRepository#findByAgent(String)}.
   *
   * @param agent the agent
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findByAgent(String agent);

  /**
   * Lists what nobody holds, most urgent first; see {@link TaskRepository#findPending(int)}.
   *
   * @param limit how many at most
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findPending(int limit);

  /**
   * Lists the most urgent tasks that nobody holds; see {@link TaskRepository#findPending()}.
   *
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findPending();

  /**
   * Lists tasks, newest first; see {@link TaskRepository#findAll(int)}.
   *
   * @param limit how many at most
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findAll(int limit);

  /**
   * Lists the newest tasks; see {@link TaskRepository#findAll()}.
   *
   * @return its future, of the tasks
   */
  CompletableFuture<List<Task>> findAll();
}
