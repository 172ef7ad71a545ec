package dev.tiercel.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository's operations by brute force over a map; how the map is reached differs. */
abstract class InMemoryTasks implements TaskRepository {
  final InstantSource clock;

  InMemoryTasks(InstantSource clock) {
    this.clock = clock;
  }

  abstract InMemoryState state();

  abstract <T> T write(Function<InMemoryDraft, T> work);

  private record Outcome(@Nullable Task stored, @Nullable TaskRepositoryException refusal) {
    Task orThrow() {
      if (stored != null) {
        return stored;
      }
      throw Objects.requireNonNull(refusal);
    }
  }

  private Outcome add(InMemoryDraft draft, Task task) {
    return draft.get(task.id()) == null
        ? new Outcome(draft.put(next(task, 0)), null)
        : new Outcome(null, new DuplicateTaskException(task.id() + " exists already"));
  }

  private Outcome save(InMemoryDraft draft, Task task) {
    Task found = draft.get(task.id());
    return (found == null ? 0 : found.version()) == task.version()
        ? new Outcome(draft.put(next(task, task.version())), null)
        : new Outcome(null, new StaleTaskException(task.id() + " is at another version"));
  }

  private Task next(Task task, long version) {
    return RepositoryContract.written(task, version + 1, clock.instant());
  }

  private interface One {
    Outcome write(InMemoryDraft draft, Task task);
  }

  @Override
  public Task add(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return write(draft -> add(draft, task)).orThrow();
  }

  @Override
  public Task save(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return write(draft -> save(draft, task)).orThrow();
  }

  @Override
  public BatchResult addAll(Collection<Task> tasks) {
    return batch(tasks, this::add);
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    return batch(tasks, this::save);
  }

  private BatchResult batch(Collection<Task> given, One one) {
    Objects.requireNonNull(given, "tasks must not be null");
    given.forEach(task -> Objects.requireNonNull(task, "tasks must not hold null"));
    return write(
        draft -> {
          List<Task> stored = new ArrayList<>();
          List<BatchResult.Refusal> refused = new ArrayList<>();
          int index = 0;
          for (Task task : given) {
            Outcome outcome = one.write(draft, task);
            if (outcome.stored() != null) {
              stored.add(outcome.stored());
            } else if (outcome.refusal() != null) {
              refused.add(new BatchResult.Refusal(index, task, outcome.refusal()));
            }
            index++;
          }
          return new BatchResult(stored, refused);
        });
  }

  @Override
  public Optional<Task> findById(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return Optional.ofNullable(state().tasks().get(id));
  }

  @Override
  public List<Task> findByIds(Collection<String> ids) {
    Objects.requireNonNull(ids, "ids must not be null");
    ids.forEach(id -> Objects.requireNonNull(id, "ids must not hold null"));
    LinkedHashSet<String> distinct = new LinkedHashSet<>(ids);
    require(distinct.size() <= MAX_BATCH, "too many ids");
    Map<String, Task> all = state().tasks();
    List<Task> found = new ArrayList<>();
    for (String id : distinct) {
      Optional.ofNullable(all.get(id)).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  @Override
  public Page<Task> find(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    InMemoryState state = state();
    Cursor cursor = query.cursor();
    boolean backward = cursor != null && cursor.backward();
    List<Task> rest = state.behind(query, cursor);
    List<Task> items = new ArrayList<>(rest.subList(0, Math.min(query.limit(), rest.size())));
    boolean more = rest.size() > items.size();
    if (backward) {
      Collections.reverse(items);
    }
    Optional<Cursor> next = Optional.empty();
    Optional<Cursor> previous = Optional.empty();
    if (!items.isEmpty() && (backward || more)) {
      next = Optional.of(Cursor.after(query, items.get(items.size() - 1)));
    }
    if (!items.isEmpty() && (backward ? more : cursor != null)) {
      previous = Optional.of(Cursor.before(query, items.get(0)));
    }
    OptionalLong total =
        query.withTotal() ? OptionalLong.of(state.listed(query).size()) : OptionalLong.empty();
    return new Page<>(items, next, previous, total);
  }

  @Override
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    Objects.requireNonNull(query, "query must not be null");
    require(page >= 1 && query.cursor() == null, "page by number from 1, without a cursor");
    List<Task> all = state().listed(query);
    List<Task> items = all.stream().skip((page - 1L) * query.limit()).limit(query.limit()).toList();
    return new NumberedPage<>(items, page, query.limit(), all.size());
  }

  @Override
  public long count(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return state().listed(query).size();
  }

  @Override
  public <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    return InMemoryWalk.run(query, this::state, () -> {}, use);
  }

  @Override
  public <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    Objects.requireNonNull(atMost, "atMost must not be null");
    require(!atMost.isZero() && !atMost.isNegative(), "atMost must be positive");
    InMemoryState moment = state().copy();
    Instant start = clock.instant();
    Runnable check =
        () -> {
          if (Duration.between(start, clock.instant()).compareTo(atMost) > 0) {
            throw new RepositoryBusyException("the snapshot outlived its limit");
          }
        };
    return InMemoryWalk.run(query, () -> moment, check, use);
  }

  @Override
  public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    TaskQuery.forAgent(agent);
    requireBatch(n);
    requireLease(lease);
    Objects.requireNonNull(filter, "filter must not be null");
    return write(
        draft -> {
          Instant now = clock.instant();
          long number = draft.state.lastLease() + 1;
          List<Task> open = draft.state.tasks().values().stream().filter(filter::matches).toList();
          Comparator<Task> urgent = TaskOrder.URGENT_FIRST.comparator();
          List<Task> chosen =
              Stream.concat(
                      open.stream().filter(overdue(now)).sorted(longestOverdue()),
                      open.stream()
                          .filter(task -> task.status() == TaskStatus.PENDING)
                          .filter(overdue(now).negate())
                          .sorted(urgent))
                  .limit(n)
                  .toList();
          if (!chosen.isEmpty()) {
            draft.state = new InMemoryState(draft.state.tasks(), number);
          }
          return chosen.stream()
              .map(task -> held(task, agent, now, null, number, now.plus(lease)))
              .map(draft::put)
              .sorted(urgent)
              .toList();
        });
  }

  private static Predicate<Task> overdue(Instant now) {
    return task ->
        task.completedAt() == null
            && task.leaseExpiresAt() != null
            && !task.leaseExpiresAt().isAfter(now);
  }

  private static Comparator<Task> longestOverdue() {
    return Comparator.comparing((Task task) -> Objects.requireNonNull(task.leaseExpiresAt()))
        .thenComparing(
            Comparator.comparing(
                task -> task.withCreatedAt(Instant.EPOCH).withPriority(0),
                TaskOrder.URGENT_FIRST.comparator()));
  }

  private Task held(
      Task task,
      @Nullable String agent,
      @Nullable Instant assignedAt,
      @Nullable Instant completedAt,
      long lease,
      @Nullable Instant leaseExpiresAt) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        agent,
        task.createdAt(),
        assignedAt,
        completedAt,
        task.priority(),
        clock.instant(),
        task.version() + 1,
        lease,
        leaseExpiresAt);
  }

  private static Task under(InMemoryDraft draft, String id, long lease) {
    Task task = draft.get(id);
    if (task == null || task.lease() != lease) {
      throw new StaleTaskException(id + " is gone or no longer under lease " + lease);
    }
    return task;
  }

  private static Task openUnder(InMemoryDraft draft, String id, long lease) {
    Task task = under(draft, id, lease);
    if (task.completedAt() != null) {
      throw new StaleTaskException(id + " is completed");
    }
    return task;
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    requireLease(duration);
    return write(
        draft -> {
          Task task = openUnder(draft, id, lease);
          Instant until = clock.instant().plus(duration);
          return draft.put(
              held(task, task.assignedAgentId(), task.assignedAt(), null, lease, until));
        });
  }

  @Override
  public Task complete(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    return write(
        draft -> {
          Task task = under(draft, id, lease);
          return task.completedAt() != null
              ? task
              : draft.put(
                  held(
                      task,
                      task.assignedAgentId(),
                      task.assignedAt(),
                      clock.instant(),
                      lease,
                      null));
        });
  }

  @Override
  public Task release(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    return write(draft -> draft.put(held(openUnder(draft, id, lease), null, null, null, 0, null)));
  }

  @Override
  public boolean delete(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return write(
        draft -> {
          Task found = draft.get(id);
          if (found != null) {
            draft.remove(found);
          }
          return found != null;
        });
  }

  @Override
  public long prune(Instant completedBefore, int batch) {
    Objects.requireNonNull(completedBefore, "completedBefore must not be null");
    requireBatch(batch);
    return write(
        draft -> {
          List<Task> old =
              draft.state.tasks().values().stream()
                  .filter(
                      task ->
                          task.completedAt() != null
                              && task.completedAt().isBefore(completedBefore))
                  .toList();
          old.forEach(draft::remove);
          return (long) old.size();
        });
  }

  @Override
  public TaskStats stats() {
    InMemoryState state = state();
    Map<String, TaskStats.Agent> agents = new HashMap<>();
    for (Task task : state.tasks().values()) {
      if (task.assignedAgentId() != null) {
        boolean done = task.completedAt() != null;
        agents.merge(
            task.assignedAgentId(),
            new TaskStats.Agent(done ? 0 : 1, done ? 1 : 0),
            (a, b) ->
                new TaskStats.Agent(a.assigned() + b.assigned(), a.completed() + b.completed()));
      }
    }
    return new TaskStats(
        state.listed(TaskQuery.all().withStatus(TaskStatus.PENDING)).size(),
        state.listed(TaskQuery.all().withStatus(TaskStatus.ASSIGNED)).size(),
        state.listed(TaskQuery.all().withStatus(TaskStatus.COMPLETED)).size(),
        agents);
  }

  private static void require(boolean valid, String rule) {
    if (!valid) {
      throw new InvalidValueException(rule);
    }
  }

  private static void requireBatch(int n) {
    require(n >= 1 && n <= MAX_BATCH, n + " is out of range");
  }

  private static void requireLease(Duration lease) {
    Objects.requireNonNull(lease, "lease duration must not be null");
    require(
        lease.compareTo(Duration.ofMillis(1)) >= 0 && lease.compareTo(Duration.ofDays(366)) <= 0,
        lease + " is out of range");
  }
}
