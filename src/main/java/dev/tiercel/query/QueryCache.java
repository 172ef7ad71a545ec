package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.CacheLoadException;
import dev.tiercel.cache.CacheSource;
import dev.tiercel.cache.CacheTimeoutException;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypeRef;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.task.TaskStats;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The answers to the questions that a {@link TaskRepository} is asked, each kept until a write
 * touches what it depends on; see {@link TaskTags}. Equal questions have one answer.
 *
 * <p>It is the reading half of a {@link CachedTaskRepository}, for those who write elsewhere: every
 * write must be noted in the ledger of the cache by its {@link TaskTags}. Answers are immutable and
 * handed out as they are, without a copy.
 *
 * <p>Some questions are passed on and not cached: listings by time of creation, which are mostly
 * about the present and so never asked twice; several tasks by more than {@value #MAX_IDS} ids; and
 * ids that are too long for any task. A loader, or a {@link dev.tiercel.cache.Recording}, that asks
 * one of these depends on every write.
 *
 * <p>Where the cache cannot get an answer, the methods throw what the repository threw, also a
 * moment ago if the policy has failures remembered; and a {@link TaskRepositoryException} if the
 * thread is interrupted while another one loads the answer, or a {@link RepositoryBusyException} if
 * the load takes longer than the cache's policy allows. Thread-safe.
 */
public final class QueryCache {
  /** How many answers a cache has that nobody sized: the newest and most wanted of them. */
  public static final int ENTRIES = 1_000;

  /** How long an answer lives in a cache for which nobody said it. */
  public static final Duration TTL = Duration.ofMinutes(5);

  /** Answers about more tasks by id than this are not cached. */
  public static final int MAX_IDS = 256;

  private final TaskRepository source;
  private final Ledger ledger;
  private final Tags anyTask;
  private final Answers<Optional<Task>> single;
  private final Answers<List<Task>> several;
  private final Answers<Page<Task>> pages;
  private final Answers<NumberedPage<Task>> numbered;
  private final Answers<Long> counts;
  private final Answers<TaskStats> stats;

  private QueryCache(TieredCache cache, TaskRepository source, Tags always) {
    this.source = source;
    ledger = Ledger.of(cache);
    anyTask = TaskTags.TASKS.and(always);
    single = answers(cache, new TypeRef<Optional<Task>>() {}, source, always);
    several = answers(cache, new TypeRef<List<Task>>() {}, source, always);
    pages = answers(cache, new TypeRef<Page<Task>>() {}, source, always);
    numbered = answers(cache, new TypeRef<NumberedPage<Task>>() {}, source, always);
    counts = answers(cache, TypeRef.of(Long.class), source, always);
    stats = answers(cache, TypeRef.of(TaskStats.class), source, always);
  }

  private static <V> Answers<V> answers(
      TieredCache cache, TypeRef<V> type, TaskRepository source, Tags always) {
    return new Answers<>(cache.typed(type), new Source<>(source, always));
  }

  /**
   * The answers of a repository.
   *
   * @param cache keeps them, under keys whose texts begin with {@code task:} and {@code tasks:}; a
   *     cache keeps those of one repository only
   * @param source is asked what the cache does not know; its writes are noted in the cache's ledger
   * @return the answers
   */
  public static QueryCache of(TieredCache cache, TaskRepository source) {
    Objects.requireNonNull(cache, "cache must not be null");
    Objects.requireNonNull(source, "source must not be null");
    return new QueryCache(cache, source, Tags.of());
  }

  /** The same, where each answer carries some tags besides its own. */
  static QueryCache of(TieredCache cache, TaskRepository source, Tags always) {
    return new QueryCache(cache, source, always);
  }

  /** Where answers come from, and what they depend on. */
  private record Source<V>(TaskRepository repository, Tags always)
      implements CacheSource<Question<V>, V> {
    @Override
    public Tags tags(Question<V> question) {
      return question.tags().and(always);
    }

    @Override
    public V load(Question<V> question) {
      return question.askOf(repository);
    }
  }

  /** The answers of one type. */
  private record Answers<V>(TypedCache<V> cached, Source<V> source) {
    V to(Question<V> question) {
      try {
        V answer = cached.get(question, source);
        if (answer == null) {
          throw new NullPointerException("the repository answered null to " + question.text());
        }
        return answer;
      } catch (CacheTimeoutException e) {
        throw new RepositoryBusyException(String.valueOf(e.getMessage()), e);
      } catch (CacheLoadException e) {
        if (e.getCause() instanceof RuntimeException remembered) {
          throw remembered;
        }
        throw new TaskRepositoryException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /**
   * A task, as {@link TaskRepository#findById} gives it. That there is none is cached too, until
   * one is added.
   *
   * @param id the id
   * @return the task, or empty if there is none
   * @throws TaskRepositoryException as the class says
   */
  public Optional<Task> findById(String id) {
    Objects.requireNonNull(id, "id must not be null");
    return isPossible(id) ? single.to(new Question.One(id)) : passedOn().findById(id);
  }

  /**
   * Tasks by their ids, as {@link TaskRepository#findByIds} gives them. The answer as a whole is
   * what is cached, because it is as of one moment.
   *
   * @param ids the ids
   * @return the tasks, immutable
   * @throws TaskRepositoryException as the class says
   */
  public List<Task> findByIds(Collection<String> ids) {
    Objects.requireNonNull(ids, "ids must not be null");
    Set<String> distinct = new LinkedHashSet<>(ids);
    distinct.forEach(id -> Objects.requireNonNull(id, "ids must not hold null"));
    return isCached(distinct)
        ? several.to(new Question.Several(List.copyOf(distinct)))
        : passedOn().findByIds(distinct);
  }

  /**
   * A page, as {@link TaskRepository#find} gives it.
   *
   * @param query which tasks, in which order, from where
   * @return the page, immutable
   * @throws TaskRepositoryException as the class says
   */
  public Page<Task> find(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return isCached(query) ? pages.to(new Question.Listed(query)) : passedOn().find(query);
  }

  /**
   * A page by its number, as {@link TaskRepository#findPage} gives it.
   *
   * @param query which tasks, in which order
   * @param page the number of the page, from 1
   * @return the page, immutable
   * @throws dev.tiercel.task.InvalidValueException if the page is below 1, or the query has a
   *     cursor
   * @throws TaskRepositoryException as the class says
   */
  public NumberedPage<Task> findPage(TaskQuery query, int page) {
    Objects.requireNonNull(query, "query must not be null");
    return isCached(query)
        ? numbered.to(new Question.Numbered(query, page))
        : passedOn().findPage(query, page);
  }

  /**
   * How many tasks a query has, as {@link TaskRepository#count} gives it.
   *
   * @param query which tasks; its order and page do not matter
   * @return how many there are
   * @throws TaskRepositoryException as the class says
   */
  public long count(TaskQuery query) {
    Objects.requireNonNull(query, "query must not be null");
    return isCached(query) ? counts.to(new Question.Counted(query)) : passedOn().count(query);
  }

  /**
   * The counts by status and agent, as {@link TaskRepository#stats} gives them.
   *
   * @return the counts, immutable
   * @throws TaskRepositoryException as the class says
   */
  public TaskStats stats() {
    return stats.to(new Question.Stats());
  }

  /**
   * The key of a task, to explain or invalidate it.
   *
   * @param id the id
   * @return the key; its text is {@code task:<id>}
   */
  public static CacheKey key(String id) {
    return new Question.One(Objects.requireNonNull(id, "id must not be null"));
  }

  /**
   * The key of a page, to explain or invalidate it.
   *
   * @param query the query
   * @return the key; its text begins with {@code tasks:agent:<agent>:}, {@code
   *     tasks:status:<statuses>:} or {@code tasks:all:}, whichever narrows the query most
   */
  public static CacheKey key(TaskQuery query) {
    return new Question.Listed(Objects.requireNonNull(query, "query must not be null"));
  }

  /** The repository, for a question that is not cached: whoever asks it depends on every task. */
  TaskRepository passedOn() {
    ledger.dependsOn(anyTask); // Before it is asked, and also if it throws.
    return source;
  }

  /** Whether the answer to a query is cached. */
  static boolean isCached(TaskQuery query) {
    TaskFilter filter = query.filter();
    return filter.createdFrom() == null && filter.createdBefore() == null;
  }

  /** Whether the answer about distinct ids is cached. */
  static boolean isCached(Set<String> ids) {
    return !ids.isEmpty() && ids.size() <= MAX_IDS && ids.stream().allMatch(QueryCache::isPossible);
  }

  /** Whether a task can have an id; other ids are not worth a place. */
  static boolean isPossible(String id) {
    return id.length() <= Task.MAX_ID_LENGTH;
  }
}
