package dev.tiercel.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks. What a write has returned is durable, and every read that starts later sees it.
 *
 * <p>Safe for use by any number of threads. Lists and pages are immutable snapshots, consistent
 * within one call. Every method may throw what {@link TaskRepositoryException} lists; below stand
 * only the leaves that belong to the method. A null argument is a {@link NullPointerException} that
 * names it. Methods that wait give up when the thread is interrupted while its work was not yet
 * begun; the interrupt flag stays set.
 */
public interface TaskRepository {
  /** The most tasks that one {@link #claim} takes, and the largest batch of {@link #prune}. */
  int MAX_BATCH = 10_000;

  /**
   * Stores a new task.
   *
   * @param task the task; its {@code version} and {@code updatedAt} are set by the repository
   * @return the task as it is stored, with version 1
   * @throws DuplicateTaskException if the id is taken; the stored task is untouched
   */
  Task add(Task task);

  /**
   * Stores a task: a new one (version 0) is inserted, a known one updated.
   *
   * @param task the task as it was read and changed, or a new one
   * @return the task as it is stored, with the next version
   * @throws StaleTaskException if the stored version is another one, also when the task was deleted
   *     meanwhile, or when a new task's id is taken
   */
  Task save(Task task);

  /**
   * {@linkplain #add Adds} many tasks in one transaction. A task that is refused does not hold up
   * the others.
   *
   * @param tasks the tasks
   * @return what became of each
   */
  BatchResult addAll(Collection<Task> tasks);

  /**
   * {@linkplain #save Saves} many tasks in one transaction. A task that is refused does not hold up
   * the others.
   *
   * @param tasks the tasks
   * @return what became of each
   */
  BatchResult saveAll(Collection<Task> tasks);

  /**
   * Looks a task up.
   *
   * @param id the id
   * @return the task, or empty if there is none
   */
  Optional<Task> findById(String id);

  /**
   * Looks many tasks up, all as of one moment.
   *
   * @param ids the ids, at most {@value #MAX_BATCH}
   * @return the tasks in the order of their ids as given, each once; unknown ids are left out
   * @throws InvalidValueException if there are too many ids
   */
  List<Task> findByIds(Collection<String> ids);

  /**
   * Lists one page of tasks. A page deep in the listing costs what the first one costs.
   *
   * @param query which tasks, in which order, from where
   * @return the page
   */
  Page<Task> find(TaskQuery query);

  /**
   * Lists one page by its number, as people ask for it. It costs a count and a walk over everything
   * before it, so page 1,000 costs about a thousand times page 1; programs page by cursor.
   *
   * @param query which tasks, in which order; its limit is the size of a page
   * @param page the number of the page, from 1
   * @return the page, empty beyond the last
   * @throws InvalidValueException if the page is below 1, or the query has a cursor
   */
  NumberedPage<Task> findPage(TaskQuery query, int page);

  /**
   * Counts the tasks of a query, whatever its page.
   *
   * @param query which tasks
   * @return how many there are
   */
  long count(TaskQuery query);

  /**
   * Goes through all tasks of a query, from its cursor on, in batches of its limit. Memory holds
   * one batch, and no lock or snapshot is held between two: a task changed while the stream runs is
   * seen as it is when its place comes, one that moves across that place may be seen twice or not
   * at all.
   *
   * @param query which tasks, in which order
   * @param use what to do with the stream; it is closed when this returns, and must not be kept
   * @param <T> the type of the result
   * @return what {@code use} returned
   * @throws InvalidValueException if the query's cursor points backward
   */
  <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use);

  /**
   * Goes through all tasks of a query as they are at one moment. As long as it runs, the repository
   * keeps that moment's version of everything, so it has a time limit, counted by the repository's
   * clock and by the system's; inside {@link #inTransaction} by the former only.
   *
   * @param query which tasks, in which order
   * @param atMost how long the stream may take in all; positive
   * @param use what to do with the stream; it is closed when this returns, and must not be kept
   * @param <T> the type of the result
   * @return what {@code use} returned
   * @throws InvalidValueException if the time limit is not positive or the cursor points backward
   * @throws RepositoryBusyException if the time limit is over; thrown where the stream is read
   */
  <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use);

  /**
   * Takes tasks to work on: first those whose lease ran out, the longest overdue first, then
   * pending ones, the most urgent first. Each task goes to exactly one caller.
   *
   * @param agent who takes them
   * @param n how many at most, from 1 to {@value #MAX_BATCH}
   * @param lease how long the agent may work before others may take them over; at least a
   *     millisecond, at most 366 days
   * @param filter which tasks only
   * @return the tasks as they are stored now, most urgent first, each with its lease; empty if
   *     there is nothing to do
   * @throws InvalidValueException if an argument is out of its range
   */
  List<Task> claim(String agent, int n, Duration lease, TaskFilter filter);

  /**
   * Takes tasks to work on, whichever they are; see {@link #claim(String, int, Duration,
   * TaskFilter)}.
   *
   * @param agent who takes them
   * @param n how many at most, from 1 to {@value #MAX_BATCH}
   * @param lease how long the agent may work; at least a millisecond, at most 366 days
   * @return the tasks, most urgent first; empty if there is nothing to do
   * @throws InvalidValueException if an argument is out of its range
   */
  default List<Task> claim(String agent, int n, Duration lease) {
    return claim(agent, n, lease, TaskFilter.NONE);
  }

  /**
   * Prolongs a lease, counted from now. A lease that ran out can be renewed as long as nobody took
   * the task over.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @param duration how long from now; at least a millisecond, at most 366 days
   * @return the task as it is stored now
   * @throws StaleTaskException if the task is gone, completed, or no longer under that lease
   * @throws InvalidValueException if an argument is out of its range
   */
  Task renewLease(String id, long lease, Duration duration);

  /**
   * Completes a claimed task. Only the lease counts: a task that was retitled meanwhile can be
   * completed, one that was taken over cannot. Completing it twice under the same lease returns the
   * task with its first completion time.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @return the task as it is stored now
   * @throws StaleTaskException if the task is gone or no longer under that lease
   * @throws InvalidValueException if the lease is not positive
   */
  Task complete(String id, long lease);

  /**
   * Gives a claimed task back: it is pending again.
   *
   * @param id the task
   * @param lease the lease that the claim drew
   * @return the task as it is stored now
   * @throws StaleTaskException if the task is gone, completed, or no longer under that lease
   * @throws InvalidValueException if the lease is not positive
   */
  Task release(String id, long lease);

  /**
   * Deletes a task.
   *
   * @param id the id
   * @return whether there was one
   */
  boolean delete(String id);

  /**
   * Deletes what was completed long ago, in transactions of bounded size, so that other writers get
   * their turn. If it fails half-way, what was deleted until then stays deleted.
   *
   * @param completedBefore the earliest completion time that is kept
   * @param batch how many tasks one transaction deletes at most, from 1 to {@value #MAX_BATCH}
   * @return how many tasks were deleted
   * @throws InvalidValueException if the batch is out of its range
   */
  long prune(Instant completedBefore, int batch);

  /**
   * Counts tasks by status and agent, all as of one moment.
   *
   * @return the counts
   */
  TaskStats stats();

  /**
   * Runs reads and writes as one transaction: all of its writes are committed together when {@code
   * work} returns, none when it throws. Other writers wait meanwhile, so keep it short and local.
   *
   * @param work what to do with the repository it is given, which is bound to this transaction, to
   *     this thread and to this call. This outer repository refuses writes meanwhile. A further
   *     {@code inTransaction} inside joins: when it throws, only its own writes are undone
   * @param <T> the type of the result
   * @return what {@code work} returned
   * @throws IllegalStateException if a write of the outer repository is tried inside
   */
  <T extends @Nullable Object> T inTransaction(Function<? super TaskRepository, ? extends T> work);

  /**
   * Adds a listener that hears of every committed write of this repository object.
   *
   * @param listener the listener
   * @return removes the listener when run; running it again does nothing
   */
  Runnable addListener(TaskListener listener);

  /**
   * Lists an agent's tasks, newest first.
   *
   * @param agent the agent
   * @param limit how many at most
   * @return the tasks
   * @throws InvalidValueException if the limit is out of its range
   */
  default List<Task> findByAgent(String agent, int limit) {
    return find(TaskQuery.forAgent(agent).limit(limit)).items();
  }

  /**
   * Lists an agent's newest {@value TaskQuery#DEFAULT_LIMIT} tasks.
   *
   * @param agent the agent
   * @return the tasks, newest first
   */
  default List<Task> findByAgent(String agent) {
    return findByAgent(agent, TaskQuery.DEFAULT_LIMIT);
  }

  /**
   * Lists what nobody holds, most urgent first.
   *
   * @param limit how many at most
   * @return the tasks
   * @throws InvalidValueException if the limit is out of its range
   */
  default List<Task> findPending(int limit) {
    return find(TaskQuery.pending().limit(limit)).items();
  }

  /**
   * Lists the {@value TaskQuery#DEFAULT_LIMIT} most urgent tasks that nobody holds.
   *
   * @return the tasks, most urgent first
   */
  default List<Task> findPending() {
    return findPending(TaskQuery.DEFAULT_LIMIT);
  }

  /**
   * Lists tasks, newest first.
   *
   * @param limit how many at most
   * @return the tasks
   * @throws InvalidValueException if the limit is out of its range
   */
  default List<Task> findAll(int limit) {
    return find(TaskQuery.all().limit(limit)).items();
  }

  /**
   * Lists the newest 1,000 tasks.
   *
   * @return the tasks, newest first
   */
  default List<Task> findAll() {
    return findAll(1_000);
  }
}
