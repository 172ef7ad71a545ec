package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.CacheLoader;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.cache.TypedCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Describes a {@link CacheWarmer}. Not thread-safe. */
public final class CacheWarmerBuilder {
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final double JITTER = 0.1;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final TieredCache cache;
  private final List<WarmQuery> queries = new ArrayList<>();
  private Duration between = Duration.ZERO;
  private double jitter = JITTER;
  private Duration budget = Duration.ZERO;
  private Duration retry = RETRY;
  private Consumer<WarmOutcome> listener = outcome -> {};
  private InstantSource clock = InstantSource.system();
  private @Nullable Executor executor;
  private @Nullable ScheduledExecutorService timer;

  CacheWarmerBuilder(TieredCache cache) {
    this.cache = Objects.requireNonNull(cache, "cache must not be null");
  }

  /**
   * A call whose result is of no interest here.
   *
   * @param <K> what it is made with
   */
  public interface Call<K> {
    /**
     * Makes the call, through the cache.
     *
     * @param argument what it is made with
     * @throws Exception if it fails, which is reported
     */
    void with(K argument) throws Exception;
  }

  /**
   * Adds a call through a cache, such as a query of a cached repository.
   *
   * @param name what it is called in reports
   * @param every the time from the end of one round to the next
   * @param call the call
   * @return this
   * @throws IllegalArgumentException if the name is blank or taken, or the time is not positive or
   *     above a hundred years
   */
  public CacheWarmerBuilder query(String name, Duration every, Callable<?> call) {
    Objects.requireNonNull(call, "call must not be null");
    return add(
        name,
        every,
        () ->
            List.of(
                () -> {
                  call.call();
                  return true;
                }));
  }

  /**
   * Adds the same call with many arguments, one after the other.
   *
   * @param name what it is called in reports
   * @param every the time from the end of one round to the next
   * @param arguments gives the arguments, the most urgent first; asked at each round
   * @param call the call
   * @param <K> what an argument is
   * @return this
   * @throws IllegalArgumentException if the name is blank or taken, or the time is not positive or
   *     above a hundred years
   */
  public <K> CacheWarmerBuilder queries(
      String name,
      Duration every,
      Callable<? extends Collection<? extends K>> arguments,
      Call<? super K> call) {
    Objects.requireNonNull(arguments, "arguments must not be null");
    Objects.requireNonNull(call, "call must not be null");
    return add(
        name,
        every,
        () -> {
          List<Callable<Boolean>> calls = new ArrayList<>();
          for (K argument : arguments.call()) {
            calls.add(
                () -> {
                  call.with(argument);
                  return true;
                });
          }
          return calls;
        });
  }

  /**
   * Loads the value of a key anew in its time, as long as somebody reads it. Once nobody has for a
   * while, it is left alone until somebody does.
   *
   * @param view the view that it is read through
   * @param key the key
   * @param tags what the value depends on
   * @param loader loads it
   * @param every the time from one load to the next, best a little below the time to live
   * @param unread how long it may be unread; what is loaded here is not kept longer than that
   * @param <V> the type of the value
   * @return this
   * @throws IllegalArgumentException if the key's name is taken, or a time is not positive or above
   *     a hundred years
   */
  public <V> CacheWarmerBuilder key(
      TypedCache<V> view,
      Object key,
      Tags tags,
      CacheLoader<? extends V> loader,
      Duration every,
      Duration unread) {
    requirePositive("unread", unread);
    TypedCache<V> noting = view.policy(view.policy().idle(unread));
    Reading reading = new Reading(cache, key, unread);
    return add(
        key instanceof CacheKey structured ? structured.text() : key.toString(),
        every,
        () ->
            List.of(
                () -> {
                  boolean wanted = reading.isWanted(clock.instant());
                  if (wanted) {
                    noting.refresh(key, tags, loader).toCompletableFuture().get();
                  }
                  return wanted;
                }));
  }

  private CacheWarmerBuilder add(
      String name, Duration every, Callable<List<Callable<Boolean>>> calls) {
    check(name, every, queries.stream().map(WarmQuery::name).toList());
    queries.add(new WarmQuery(name, every, calls));
    return this;
  }

  /**
   * Refuses what cannot be the name and the time of a query.
   *
   * @param name the name
   * @param every the time
   * @param taken the names that there are
   * @throws IllegalArgumentException if the name is blank or taken, or the time is not positive or
   *     above a hundred years
   */
  public static void check(String name, Duration every, List<String> taken) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a query needs a name; it stands in reports");
    }
    if (taken.contains(name)) {
      throw new IllegalArgumentException(
          "two queries are called '" + name + "'; give each its own name");
    }
    requirePositive("every", every);
  }

  private static Duration requirePositive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, but is " + time);
    }
    if (time.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "%s must be at most %d days, but is %s".formatted(name, LONGEST.toDays(), time));
    }
    return time;
  }

  /**
   * Bounds how fast calls follow each other, those of all queries together.
   *
   * @param perSecond how many a second, above 0
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public CacheWarmerBuilder rate(double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate must be above 0 a second, but is " + perSecond);
    }
    this.between = Duration.ofNanos((long) (TimeUnit.SECONDS.toNanos(1) / perSecond));
    return this;
  }

  /**
   * Spreads the rounds, so that not all processes query at once; 0.1 unless it is set.
   *
   * @param share by which part of it a time may be shorter, between 0 and 1
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public CacheWarmerBuilder jitter(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("jitter must be between 0 and 1, but is " + share);
    }
    this.jitter = share;
    return this;
  }

  /**
   * Bounds how long a round may take. When the time is over the call under way is interrupted and
   * no further one is begun. Unless it is set there is no bound.
   *
   * @param most the time
   * @return this
   * @throws IllegalArgumentException if it is not positive, or above a hundred years
   */
  public CacheWarmerBuilder budget(Duration most) {
    this.budget = requirePositive("budget", most);
    return this;
  }

  /**
   * How long to wait after a round in which something failed, doubled each time, and never longer
   * than without a failure; 1 s unless it is set.
   *
   * @param first the time
   * @return this
   * @throws IllegalArgumentException if it is not positive, or above a hundred years
   */
  public CacheWarmerBuilder retry(Duration first) {
    this.retry = requirePositive("retry", first);
    return this;
  }

  /**
   * Has somebody told of each round when it is over.
   *
   * @param told is called when a round is over, by the thread that ends it; what it throws is
   *     logged
   * @return this
   */
  public CacheWarmerBuilder listener(Consumer<WarmOutcome> told) {
    this.listener = Objects.requireNonNull(told, "listener must not be null");
    return this;
  }

  /**
   * Makes the calls on threads of somebody else. Without it the warmer has its own, at most one for
   * each query.
   *
   * @param given the executor, which the warmer does not stop
   * @return this
   */
  public CacheWarmerBuilder executor(Executor given) {
    this.executor = Objects.requireNonNull(given, "executor must not be null");
    return this;
  }

  /**
   * Keeps the time by somebody else's schedule and clock, for tests that set them.
   *
   * @param given the schedule, which the warmer does not stop
   * @param source the clock
   * @return this
   */
  public CacheWarmerBuilder schedule(ScheduledExecutorService given, InstantSource source) {
    this.timer = Objects.requireNonNull(given, "schedule must not be null");
    this.clock = Objects.requireNonNull(source, "clock must not be null");
    return this;
  }

  /**
   * Makes the warmer, which begins at once.
   *
   * @return the warmer, to be closed by the caller
   */
  public CacheWarmer start() {
    List<ExecutorService> own = new ArrayList<>();
    ScheduledExecutorService when = timer;
    if (when == null) {
      ScheduledThreadPoolExecutor made = new ScheduledThreadPoolExecutor(1, threads());
      made.setRemoveOnCancelPolicy(true);
      made.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
      own.add(made);
      when = made;
    }
    Executor where = executor;
    ThreadPoolExecutor callers = null;
    if (where == null) {
      callers = callers(Math.max(1, queries.size()));
      own.add(callers);
      where = callers;
    }
    Warming shared =
        new Warming(when, where, clock, new Pace(between), jitter, budget, retry, listener);
    List<WarmUp> warmUps = queries.stream().map(query -> new WarmUp(query, shared)).toList();
    return new CacheWarmer(warmUps, own, callers);
  }

  private static ThreadPoolExecutor callers(int most) {
    ThreadPoolExecutor made =
        new ThreadPoolExecutor(
            most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads());
    made.allowCoreThreadTimeOut(true);
    return made;
  }

  private static ThreadFactory threads() {
    return work -> {
      Thread thread = new Thread(work, "tiercel-warmer");
      thread.setDaemon(true);
      return thread;
    };
  }
}
