package dev.tiercel.query;

import dev.tiercel.cache.Explanation;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.SqliteLedger;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TieredCacheBuilder;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A repository with a cache in front of it that is never stale: what a write has returned, every
 * read that starts later sees, and nobody sees the new and then the old. It keeps the whole
 * contract of {@link TaskRepository}.
 *
 * <p>Reads are answered as {@link QueryCache} says; what they hand out is immutable and not copied.
 * Writes, claims, streams and transactions go to the repository. The repository that a transaction
 * is given is bound to it and not cached; what is read from this one meanwhile is as of before the
 * transaction.
 *
 * <p><b>Which writes it knows.</b> On a durable ledger the commits of the database note themselves
 * in it, whoever makes them through it, and a transaction that is rolled back leaves what is cached
 * as it is; a commit that goes past it is found out within a second and voids everything. On a
 * ledger in memory this object announces its own writes, and listens to the repository for those
 * that go there directly: what these change is void when they return, and in the moment before that
 * one answer may be new and another old. While a write of its own is under way whose tags are not
 * known beforehand (all but those that only add), nothing is served from the cache. Writes of other
 * processes, or past the repository, such a ledger does not know: then answers are stale until
 * their time is over, so a time to live is required unless the cache is declared {@link
 * TieredCacheBuilder#onlyWriter() the only writer}.
 *
 * <p>Thread-safe.
 */
public final class CachedTaskRepository implements TaskRepository, AutoCloseable {
  private final TaskRepository repository;
  private final TieredCache cache;
  private final QueryCache answers;
  private final @Nullable Announcements announcements; // Null where writes note themselves.

  private CachedTaskRepository(TaskRepository repository, Ledger ledger, TieredCache cache) {
    this.repository = repository;
    this.cache = cache;
    boolean noted = ledger instanceof SqliteLedger;
    announcements = noted ? null : new Announcements(repository, ledger);
    answers = QueryCache.of(cache, repository, noted ? Tags.of() : TaskTags.ANY_ANSWER);
  }

  /**
   * Puts a cache in front of any repository: at most {@link QueryCache#ENTRIES} answers, each for
   * at most {@link QueryCache#TTL}, in memory.
   *
   * @param repository the repository, which stays the caller's to close
   * @return the repository with a cache, to be closed by the caller
   */
  public static CachedTaskRepository of(TaskRepository repository) {
    return of(
        repository,
        Ledger.inMemory(),
        TieredCache.builder().entries(QueryCache.ENTRIES).ttl(QueryCache.TTL));
  }

  /**
   * Puts a cache in front of a repository.
   *
   * @param repository the repository, which stays the caller's to close, after this one
   * @param ledger where its writes are noted: a durable one if the repository's database was opened
   *     with its {@link SqliteLedger#journal() journal} and the {@link TaskTags}; one in memory for
   *     any other repository
   * @param cache describes the cache; its ledger is set here
   * @return the repository with a cache, to be closed by the caller
   * @throws IllegalStateException if a durable ledger is not open, or as {@link
   *     TieredCacheBuilder#build} says
   * @throws dev.tiercel.tier.CacheTierException if a tier below memory cannot be opened
   */
  public static CachedTaskRepository of(
      TaskRepository repository, Ledger ledger, TieredCacheBuilder cache) {
    Objects.requireNonNull(repository, "repository must not be null");
    Objects.requireNonNull(ledger, "ledger must not be null");
    Objects.requireNonNull(cache, "cache must not be null");
    if (ledger instanceof SqliteLedger durable) {
      durable.requireOpen(); // One that nobody writes to would find every answer current.
    }
    TieredCache built = cache.ledger(ledger).build();
    try {
      return new CachedTaskRepository(repository, ledger, built);
    } catch (Throwable e) {
      built.close();
      throw e;
    }
  }

  /**
   * The cache, for other values that depend on tasks too: give them the {@link TaskTags}.
   *
   * @return the cache, which is closed with this object
   */
  public TieredCache cache() {
    return cache;
  }

  /**
   * What is known about the answer to a call, which is not carried out: where it is, why it was
   * missed, and which write made it void.
   *
   * @param call one read of the repository that it is given, such as {@code tasks ->
   *     tasks.find(query)}
   * @return what is known, or empty if nothing is: it was not asked lately and is not cached
   * @throws IllegalArgumentException if the call reads nothing, or begins with a write
   */
  public Optional<Explanation> explain(Function<? super TaskRepository, ?> call) {
    return Asking.about(call).explainedBy(cache);
  }

  @Override
  public Optional<Task> findById(String id) {
    return answers.findById(id);
  }

  @Override
  public List<Task> findByIds(Collection<String> ids) {
    return answers.findByIds(ids);
  }

  @Override
  public Page<Task> find(TaskQuery query) {
    return answers.find(query);
  }

  @Override
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    return answers.findPage(query, page);
  }

  @Override
  public long count(TaskQuery query) {
    return answers.count(query);
  }

  @Override
  public TaskStats stats() {
    return answers.stats();
  }

  @Override
  public <T extends @Nullable Object> T stream(
      TaskQuery query, Function<? super Stream<Task>, ? extends T> use) {
    return answers.passedOn().<T>stream(query, use);
  }

  @Override
  public <T extends @Nullable Object> T streamSnapshot(
      TaskQuery query, Duration atMost, Function<? super Stream<Task>, ? extends T> use) {
    return answers.passedOn().<T>streamSnapshot(query, atMost, use);
  }

  @Override
  public Task add(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return added(List.of(task), () -> repository.add(task), List::of);
  }

  @Override
  public Task save(Task task) {
    Objects.requireNonNull(task, "task must not be null");
    return task.version() == 0
        ? added(List.of(task), () -> repository.save(task), List::of)
        : changed(themselves(List.of(task)), () -> repository.save(task), saved -> null);
  }

  @Override
  public BatchResult addAll(Collection<Task> tasks) {
    List<Task> given = copy(tasks);
    return added(given, () -> repository.addAll(given), BatchResult::stored);
  }

  @Override
  public BatchResult saveAll(Collection<Task> tasks) {
    List<Task> given = copy(tasks);
    return given.stream().allMatch(task -> task.version() == 0)
        ? added(given, () -> repository.saveAll(given), BatchResult::stored)
        : changed(
            themselves(given),
            () -> repository.saveAll(given),
            result -> result.stored().isEmpty() ? themselves(given) : null);
  }

  private static List<Task> copy(Collection<Task> tasks) {
    Objects.requireNonNull(tasks, "tasks must not be null");
    List<Task> copy = new ArrayList<>(tasks);
    copy.forEach(task -> Objects.requireNonNull(task, "tasks must not hold null"));
    return copy;
  }

  @Override
  public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    return changed(
        Set.of(),
        () -> repository.claim(agent, n, lease, filter),
        claimed -> none(claimed.isEmpty()));
  }

  @Override
  public Task renewLease(String id, long lease, Duration duration) {
    return changed(
        Set.of(TaskTags.task(id)),
        () -> repository.renewLease(id, lease, duration),
        renewed -> null);
  }

  @Override
  public Task complete(String id, long lease) {
    return changed(
        Set.of(TaskTags.task(id)), () -> repository.complete(id, lease), completed -> null);
  }

  @Override
  public Task release(String id, long lease) {
    return changed(
        Set.of(TaskTags.task(id)), () -> repository.release(id, lease), released -> null);
  }

  @Override
  public boolean delete(String id) {
    return changed(
        Set.of(TaskTags.task(id)), () -> repository.delete(id), deleted -> none(!deleted));
  }

  @Override
  public long prune(Instant completedBefore, int batch) {
    return changed(
        Set.of(), () -> repository.prune(completedBefore, batch), deleted -> none(deleted == 0));
  }

  @Override
  public <T extends @Nullable Object> T inTransaction(
      Function<? super TaskRepository, ? extends T> work) {
    return this.<T>changed(Set.of(), () -> repository.<T>inTransaction(work), result -> null);
  }

  /** A write that only adds: what it touches is known before, because it replaces nothing. */
  private <T> T added(List<Task> tasks, Supplier<T> write, Function<? super T, List<Task>> stored) {
    Announcements notes = announcements;
    return notes == null
        ? write.get()
        : notes.write(
            Tags.of(tags(tasks)),
            themselves(tasks),
            write,
            result -> {
              Set<Tag> touched = tags(stored.apply(result));
              touched.addAll(themselves(tasks)); // Also of those that were refused.
              return touched;
            });
  }

  /** What shows these tasks by their ids. */
  private static Set<Tag> themselves(List<Task> tasks) {
    Set<Tag> tags = new LinkedHashSet<>();
    tasks.forEach(task -> tags.add(TaskTags.task(task.id())));
    return tags;
  }

  private static Set<Tag> tags(List<Task> tasks) {
    Set<Tag> tags = new LinkedHashSet<>();
    tasks.forEach(task -> tags.addAll(TaskTags.of(null, task)));
    return tags;
  }

  /** No tags if nothing was changed; null if that is not known. */
  private static @Nullable Set<Tag> none(boolean changedNothing) {
    return changedNothing ? Set.of() : null;
  }

  /** A write that may touch anything, until the repository has told what it was. */
  private <T extends @Nullable Object> T changed(
      Set<Tag> mentioned, Supplier<? extends T> write, Announcements.Touched<? super T> touched) {
    Announcements notes = announcements;
    return notes == null
        ? write.get()
        : notes.<T>write(Announcements.ANYTHING, mentioned, write, touched);
  }

  @Override
  public Runnable addListener(TaskListener listener) {
    return repository.addListener(listener);
  }

  /** Closes the cache. The repository stays open, and so does the ledger; reads go there. */
  @Override
  public void close() {
    try {
      cache.close(); // First: as long as it answers it has to hear of writes.
    } finally {
      if (announcements != null) {
        announcements.close();
      }
    }
  }
}
