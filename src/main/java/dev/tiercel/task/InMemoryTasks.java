package dev.tiercel.task;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A repository's operations by brute force over a map; how the map is reached differs. */
abstract class InMemoryTasks implements TaskRepository {
  abstract InstantSource clock();

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

  private static Outcome add(InMemoryDraft draft, Task task) {
    Task found = draft.get(task.id());
    return found == null
        ? new Outcome(draft.put(written(task, 0, draft.now())), null)
        : new Outcome(
            null,
            new DuplicateTaskException(
                "task %s exists already, at version %d; save a changed copy of the stored one"
                    .formatted(task.id(), found.version())));
  }

  private static Outcome save(InMemoryDraft draft, Task task) {
    Task found = draft.get(task.id());
    long version = found == null ? 0 : found.version();
    return version == task.version()
        ? new Outcome(draft.put(written(task, version, draft.now())), null)
        : new Outcome(
            null,
            new StaleTaskException(
                "task %s is %s and not at version %d; read it again and decide anew"
                    .formatted(
                        task.id(),
                        found == null ? "not stored" : "at version " + version,
                        task.version())));
  }

  private static Task written(Task task, long version, Instant now) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        now,
        version + 1,
        task.lease(),
        task.leaseExpiresAt());
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
    return batch(tasks, InMemoryTasks::add);
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    return batch(tasks, InMemoryTasks::save);
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
    Instant start = clock().instant();
    Runnable check =
        () -> {
          if (Duration.between(start, clock().instant()).compareTo(atMost) > 0) {
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
    return write(draft -> new InMemoryLeases(draft).claim(agent, n, lease, filter));
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    requireLease(duration);
    return write(draft -> new InMemoryLeases(draft).renew(id, lease, duration));
  }

  @Override
  public Task complete(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    return write(draft -> new InMemoryLeases(draft).complete(id, lease));
  }

  @Override
  public Task release(String id, long lease) {
    Objects.requireNonNull(id, "id must not be null");
    require(lease > 0, "lease must be positive");
    return write(draft -> new InMemoryLeases(draft).release(id, lease));
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
    long all = 0;
    int deleted;
    do {
      deleted = write(draft -> deleteCompleted(draft, completedBefore, batch));
      all += deleted;
    } while (deleted == batch);
    return all;
  }

  private static int deleteCompleted(InMemoryDraft draft, Instant before, int batch) {
    List<Task> old =
        draft.state().tasks().values().stream()
            .filter(task -> task.completedAt() != null && task.completedAt().isBefore(before))
            .limit(batch)
            .toList();
    old.forEach(draft::remove);
    return old.size();
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
