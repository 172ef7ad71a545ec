package dev.tiercel.cache;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A repository behind its cache answers like the repository alone, in whatever order two threads
 * take their steps. Lincheck takes the steps, in many orders for each scenario.
 *
 * <p>{@code -Dlincheck.scenarios=200} draws more scenarios than the default, {@code
 * -Dlincheck.orders=5000} walks through more orders of each.
 */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LinearizabilityIT {
  private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 12);
  private static final int ORDERS = Integer.getInteger("lincheck.orders", 400);
  private static final String ROOM = "dev.tiercel.cache.";
  private static final int NEWEST_JDK = 25;

  /** What has no state that threads share, or none that an answer depends on. */
  private static final Set<String> WITHOUT_STATE =
      Set.of(
          "CacheExecutor",
          "CachePolicy",
          "CoarseClock",
          "Counters",
          "Frozen",
          "Glob",
          "Invalidation",
          "Keys",
          "LoadFrame",
          "MemorySize",
          "Miss",
          "Misses",
          "Raise",
          "Stamp",
          "Tag",
          "TagHash",
          "TagList",
          "TagNames",
          "TagSet",
          "TieredCacheBuilder",
          "TypeRef",
          "Types");

  @BeforeAll
  static void needsAJdkThatItKnows() {
    assumeTrue(
        Runtime.version().feature() <= NEWEST_JDK,
        "Lincheck refuses JDKs after %d, which it does not know".formatted(NEWEST_JDK));
    System.setProperty("lincheck.logLevel", "ERROR"); // It warns of every field of a record.
  }

  @Test
  void theCacheAnswersLikeTheRepository() {
    ModelCheckingOptions options = options();
    for (ExecutionScenario scenario : knownWindows()) {
      options.addCustomScenario(scenario);
    }
    options.check(Cached.class);
  }

  @Test
  void aCacheBesideTheRepositoryDoesNot() {
    LincheckAssertionError e =
        assertThrows(LincheckAssertionError.class, () -> options().check(CachedAside.class));
    assertTrue(e.getMessage().contains("Invalid execution results"), e.getMessage());
  }

  /** Where a wrong order would be seen. */
  private static List<ExecutionScenario> knownWindows() {
    Actor read = actor("read", 0);
    Actor sum = actor("sum");
    Actor refresh = actor("refresh", 0);
    Actor write = actor("write", 0, 5);
    Actor writeBoth = actor("writeBoth", 7);
    Actor other = actor("write", 1, 3);
    return List.of(
        // A load that was outdated when somebody joined it.
        scenario(List.of(), List.of(read), List.of(write, read)),
        scenario(List.of(), List.of(read), List.of(write, refresh)),
        scenario(List.of(), List.of(sum), List.of(other, sum)),
        // The new, and then the old.
        scenario(List.of(read), List.of(write), List.of(read, read)),
        scenario(List.of(read, other), List.of(write), List.of(read, read)),
        scenario(List.of(read), List.of(write), List.of(sum, read)),
        scenario(List.of(read, sum), List.of(writeBoth), List.of(read, sum)),
        scenario(List.of(read, sum), List.of(write, other), List.of(sum, read)),
        // What is swept while it is loaded.
        scenario(List.of(), List.of(read), List.of(write, actor("invalidate", 4, 0), read)));
  }

  private static ExecutionScenario scenario(
      List<Actor> before, List<Actor> one, List<Actor> other) {
    return new ExecutionScenario(before, List.of(one, other), List.of(actor("read", 0)), null);
  }

  private static Actor actor(String name, Object... arguments) {
    for (Method method : Cached.class.getDeclaredMethods()) {
      if (method.getName().equals(name) && method.isAnnotationPresent(Operation.class)) {
        return new Actor(method, List.of(arguments));
      }
    }
    throw new IllegalArgumentException(name);
  }

  private static ModelCheckingOptions options() {
    return new ModelCheckingOptions()
        .iterations(SCENARIOS)
        .invocationsPerIteration(ORDERS)
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(1)
        .minimizeFailedScenario(false)
        .sequentialSpecification(Plain.class)
        .addGuarantee(
            ManagedStrategyGuaranteeKt.forClasses(LinearizabilityIT::isTakenAsGiven)
                .allMethods()
                .ignore());
  }

  /* Asked at every call of anything. */
  private static boolean isTakenAsGiven(String name) {
    if (!name.startsWith(ROOM)) {
      return name.startsWith("com.github.benmanes.caffeine.");
    }
    int inner = name.indexOf('$');
    return WITHOUT_STATE.contains(name.substring(ROOM.length(), inner < 0 ? name.length() : inner));
  }

  /** The repository alone: two numbers. */
  public static class Plain {
    private final int[] numbers = new int[2];

    public void write(int key, int number) {
      numbers[key] = number;
    }

    public void writeBoth(int number) {
      numbers[0] = number;
      numbers[1] = number;
    }

    public int read(int key) {
      return numbers[key];
    }

    public int sum() {
      return numbers[0] + numbers[1];
    }

    public int refresh(int key) {
      return numbers[key];
    }

    public void invalidate(int way, int key) {}
  }

  /** The same behind the cache. */
  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "number", gen = IntGen.class, conf = "1:9")
  @Param(name = "way", gen = IntGen.class, conf = "0:5")
  public static class Cached {
    private final AtomicReference<List<Integer>> repository = new AtomicReference<>(List.of(0, 0));
    private final Ledger ledger = Ledger.inMemory();
    private final TieredCache cache =
        TieredCache.builder()
            .ledger(ledger)
            .entries(100)
            .onlyWriter()
            .executor(Runnable::run)
            .clock(InstantSource.fixed(Instant.EPOCH))
            .build();
    private final TypedCache<Integer> values = cache.typed(Integer.class);

    @Operation
    public void write(@Param(name = "key") int key, @Param(name = "number") int number) {
      PendingWrite write = ledger.begin(tag(key));
      try {
        repository.updateAndGet(
            old -> key == 0 ? List.of(number, old.get(1)) : List.of(old.get(0), number));
      } finally {
        write.close();
      }
    }

    @Operation
    public void writeBoth(@Param(name = "number") int number) {
      PendingWrite write = ledger.begin(tag(0).and(tag(1)));
      try {
        repository.set(List.of(number, number));
      } finally {
        write.close();
      }
    }

    @Operation
    public int read(@Param(name = "key") int key) {
      return values.get(key(key), tag(key), () -> repository.get().get(key));
    }

    @Operation
    public int sum() {
      return values.get(
          "sum",
          tag(0).and(tag(1)),
          () -> {
            List<Integer> numbers = repository.get();
            return numbers.get(0) + numbers.get(1);
          });
    }

    @Operation
    public int refresh(@Param(name = "key") int key) {
      return values
          .refresh(key(key), tag(key), () -> repository.get().get(key))
          .toCompletableFuture()
          .join();
    }

    @Operation
    public void invalidate(@Param(name = "way") int way, @Param(name = "key") int key) {
      switch (way) {
        case 0 -> cache.invalidate(tag(key));
        case 1 -> cache.invalidateKey(key(key));
        case 2 -> cache.invalidatePrefix("number:");
        case 3 -> cache.invalidatePattern("n*:" + key);
        case 4 -> cache.evictNow("*");
        default -> ledger.begin(tag(key)).rolledBack();
      }
    }

    private static Tag tag(int key) {
      return Tag.of("number", Integer.toString(key));
    }

    private static String key(int key) {
      return "number:" + key;
    }
  }

  /** A map beside the repository, as it is often written: evict after the write. */
  @Param(name = "key", gen = IntGen.class, conf = "0:1")
  @Param(name = "number", gen = IntGen.class, conf = "1:9")
  public static class CachedAside {
    private final AtomicReference<List<Integer>> repository = new AtomicReference<>(List.of(0, 0));
    private final ConcurrentMap<Integer, Integer> cached = new ConcurrentHashMap<>();

    @Operation
    public void write(@Param(name = "key") int key, @Param(name = "number") int number) {
      repository.updateAndGet(
          old -> key == 0 ? List.of(number, old.get(1)) : List.of(old.get(0), number));
      cached.remove(key);
    }

    @Operation
    public int read(@Param(name = "key") int key) {
      Integer hit = cached.get(key);
      if (hit != null) {
        return hit;
      }
      int loaded = repository.get().get(key);
      cached.put(key, loaded);
      return loaded;
    }
  }
}
