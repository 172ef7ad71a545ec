package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.TieredCache;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out what a call asks without carrying it out: its first read ends it. Without state. */
final class Asking implements TaskRepository {
  /**
   * What a call asks.
   *
   * @param key the key of its answer
   * @param why why the answer is never cached, or null if it is
   */
  record Asked(CacheKey key, @Nullable String why) {
    Optional<Explanation> explainedBy(TieredCache cache) {
      return why == null ? cache.explain(key) : Optional.of(Explanation.notCached(key.text(), why));
    }
  }

  /** Ends the call at its first read. */
  private static final class Ended extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Asked asked;

    Ended(Asked asked) {
      super("the call is only explained", null, false, false);
      this.asked = asked;
    }
  }

  private Asking() {}

  static Asked about(Function<? super TaskRepository, ?> call) {
    Objects.requireNonNull(call, "call must not be null");
    try {
      Object result = call.apply(new Asking());
      throw new IllegalArgumentException(
          "the call read nothing and returned "
              + result
              + "; explain one read, such as tasks -> tasks.find(query)");
    } catch (Ended e) {
      return e.asked;
    }
  }

  private static Ended asked(CacheKey key) {
    return new Ended(new Asked(key, null));
  }

  private static Ended uncached(CacheKey key, String why) {
    return new Ended(new Asked(key, why + " is not cached"));
  }

  private static IllegalArgumentException write(String method) {
    return new IllegalArgumentException(
        method
            + " is a write, and is not cached; explain one read, such as tasks -> tasks.find(query)");
  }

  private static Ended listed(TaskQuery query, CacheKey key) {
    return QueryCache.isCached(query) ? asked(key) : uncached(key, "a listing by time of creation");
  }

  @Override
  public Optional<Task> findById(String id) {
    CacheKey key = QueryCache.key(id);
    throw QueryCache.isPossible(id) ? asked(key) : uncached(key, "an id that no task can have");
  }

  @Override
  public List<Task> findByIds(Collection<String> ids) {
    Set<String> distinct = new LinkedHashSet<>(ids);
    CacheKey key = new Question.Several(List.copyOf(distinct));
    throw QueryCache.isCached(distinct)
        ? asked(key)
        : uncached(key, "an answer about no id, or about more than " + QueryCache.MAX_IDS + ",");
  }

  @Override
  public Page<Task> find(TaskQuery query) {
    throw listed(query, QueryCache.key(query));
  }

  @Override
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    throw listed(query, new Question.Numbered(query, page));
  }

  @Override
  public long count(TaskQuery query) {
    throw listed(query, new Question.Counted(query));
  }

  @Override
  public TaskStats stats() {
    throw asked(new Question.Stats());
  }

  @Override
  public <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    throw uncached(QueryCache.key(query), "a stream");
  }

  @Override
  public <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    throw uncached(QueryCache.key(query), "a stream");
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    throw write("inTransaction");
  }

  @Override
  public Task add(Task task) {
    throw write("add");
  }

  @Override
  public Task save(Task task) {
    throw write("save");
  }

  @Override
  public BatchResult addAll(Collection<Task> tasks) {
    throw write("addAll");
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    throw write("saveAll");
  }

  @Override
  public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    throw write("claim");
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    throw write("renewLease");
  }

  @Override
  public Task complete(String id, long lease) {
    throw write("complete");
  }

  @Override
  public Task release(String id, long lease) {
    throw write("release");
  }

  @Override
  public boolean delete(String id) {
    throw write("delete");
  }

  @Override
  public long prune(Instant completedBefore, int batch) {
    throw write("prune");
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    throw write("addListener");
  }
}
