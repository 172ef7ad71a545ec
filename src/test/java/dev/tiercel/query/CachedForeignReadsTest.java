package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.CachePolicy;
import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.query.Stacks.Stack;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.RepositoryBusyException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.UnknownOutcomeException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CachedForeignReadsTest extends CachedReadsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Override
  Stack open(InstantSource clock) {
    return stacks.foreign(clock);
  }

  /** Every write happens, and says that nobody knows. */
  private static final class Unsure extends ForwardingTasks {
    Unsure(TaskRepository to) {
      super(to);
    }

    @Override
    public Task add(Task task) {
      throw unknown(to.add(task));
    }

    @Override
    public Task save(Task task) {
      throw unknown(to.save(task));
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(
        Function<? super TaskRepository, ? extends T> work) {
      throw unknown(to.<T>inTransaction(work));
    }

    /* As it is when the outcome is not known. */
    @Override
    public Runnable addListener(TaskListener listener) {
      return () -> {};
    }

    private static UnknownOutcomeException unknown(@Nullable Object result) {
      return new UnknownOutcomeException("perhaps " + result);
    }
  }

  @Test
  void aWriteThatThrowsAfterItsCommitIsSeen() {
    InMemoryTaskRepository bare = new InMemoryTaskRepository(clock);
    Task known = bare.add(task("a").assignedTo("x", clock.instant()));
    CachedTaskRepository tasks = stacks.foreign(new Unsure(bare)).cached();
    assertEquals(1, tasks.findByAgent("x").size());
    assertThrows(UnknownOutcomeException.class, () -> tasks.save(known.withTitle("changed")));
    assertEquals("changed", tasks.findByAgent("x").get(0).title());
    assertEquals(0, tasks.findByAgent("y").size());
    assertEquals(Optional.empty(), tasks.findById("b"));
    Task added = task("b").assignedTo("y", clock.instant());
    assertThrows(UnknownOutcomeException.class, () -> tasks.add(added));
    assertEquals(1, tasks.findByAgent("y").size());
    assertEquals("b", tasks.findById("b").orElseThrow().id());
    assertThrows(
        UnknownOutcomeException.class,
        () -> tasks.<Boolean>inTransaction(tx -> tx.delete("a") && tx.delete("b")));
    assertEquals(0, tasks.findByAgent("x").size());
    assertEquals(0, tasks.findByAgent("y").size());
  }

  @Test
  void aFailureThatIsRememberedIsTheRepositorysOwn() {
    RepositoryBusyException busy = new RepositoryBusyException("on purpose", null);
    ForwardingTasks failing =
        new ForwardingTasks(new InMemoryTaskRepository(clock)) {
          @Override
          public Optional<Task> findById(String id) {
            reads.incrementAndGet();
            throw busy;
          }
        };
    try (CachedTaskRepository tasks =
        CachedTaskRepository.of(
            failing,
            Ledger.inMemory(),
            TieredCache.builder().onlyWriter().policy(CachePolicy.DEFAULT.failures(MINUTE)))) {
      for (int i = 0; i < 2; i++) {
        assertSame(busy, assertThrows(RepositoryBusyException.class, () -> tasks.findById("a")));
      }
      assertEquals(1, failing.reads.get());
    }
  }

  /** Knows no listeners. */
  private static final class Deaf extends ForwardingTasks {
    Deaf(TaskRepository to) {
      super(to);
    }

    @Override
    public Runnable addListener(TaskListener listener) {
      throw new UnsupportedOperationException("no listeners here");
    }
  }

  @Test
  void aRepositoryWithoutListenersIsNeverStaleEither() {
    TaskRepository bare = new Deaf(new InMemoryTaskRepository(clock));
    for (Changes change : Changes.values()) {
      Stack stack = stacks.foreign(new Deaf(new InMemoryTaskRepository(clock)));
      Changes.prepare(stack.bare());
      Task place = stack.bare().findById("other").orElseThrow();
      List<Shapes.Shape> shapes = Shapes.all(place);
      shapes.forEach(shape -> shape.ask(stack.cached()));
      change.make(stack.cached(), clock);
      for (Shapes.Shape shape : shapes) {
        assertEquals(
            shape.ask(stack.bare()),
            shape.ask(stack.cached()),
            () -> change + " and then " + shape);
      }
    }
    assertThrows(
        UnsupportedOperationException.class,
        () -> stacks.foreign(bare).cached().addListener(c -> {}));
  }

  /** Reads through the cache in the middle of every write, when it is done and not yet told. */
  private static final class Nosy extends ForwardingTasks {
    @Nullable CachedTaskRepository cached;

    Nosy(TaskRepository to) {
      super(to);
    }

    private <T> T looking(T result) {
      if (cached != null) {
        assertEquals(to.findAll(), cached.findAll());
        assertEquals(to.findByAgent("x"), cached.findByAgent("x"));
        assertEquals(to.findById("a"), cached.findById("a"));
      }
      return result;
    }

    @Override
    public Task add(Task task) {
      return looking(to.add(task));
    }

    @Override
    public Task save(Task task) {
      return looking(to.save(task));
    }

    @Override
    public boolean delete(String id) {
      return looking(to.delete(id));
    }

    @Override
    public List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
      return looking(to.claim(agent, n, lease, filter));
    }
  }

  @Test
  void whileAWriteIsUnderWayNobodyIsServedWhatItReplaces() {
    Nosy bare = new Nosy(new InMemoryTaskRepository(clock));
    CachedTaskRepository tasks = stacks.foreign(bare).cached();
    tasks.findAll();
    tasks.findByAgent("x");
    tasks.findById("a");
    bare.cached = tasks;
    Task added = tasks.add(task("a"));
    tasks.findAll();
    Task saved = tasks.save(added.assignedTo("x", clock.instant()));
    tasks.findByAgent("x");
    tasks.save(saved.unassigned());
    tasks.findByAgent("x");
    tasks.claim("x", 1, MINUTE);
    tasks.findByAgent("x");
    tasks.delete("a");
    assertEquals(List.of(), tasks.findByAgent("x"));
  }

  @Test
  void withoutSettingsItIsBoundedInNumberAndTime() {
    ForwardingTasks bare = new ForwardingTasks(new InMemoryTaskRepository(clock));
    try (CachedTaskRepository tasks = CachedTaskRepository.of(bare)) {
      tasks.count(TaskQuery.all());
      tasks.count(TaskQuery.all());
      assertEquals(1, bare.reads.get());
    }
    assertEquals(1_000, QueryCache.ENTRIES);
    assertEquals(Duration.ofMinutes(5), QueryCache.TTL);
  }

  @Test
  void anAnswerEndsWhenItsTimeIsOver() {
    ForwardingTasks bare = new ForwardingTasks(new InMemoryTaskRepository(clock));
    try (CachedTaskRepository tasks =
        CachedTaskRepository.of(
            bare, Ledger.inMemory(), TieredCache.builder().clock(clock).ttl(MINUTE))) {
      tasks.count(TaskQuery.all());
      clock.advance(MINUTE.minusSeconds(1));
      tasks.count(TaskQuery.all());
      assertEquals(1, bare.reads.get());
      clock.advance(Duration.ofSeconds(2));
      tasks.count(TaskQuery.all());
      assertEquals(2, bare.reads.get());
    }
  }

  @Test
  void aCacheOfWhatOthersMayWriteNeedsATimeToLive() {
    assertThrows(
        IllegalStateException.class,
        () ->
            CachedTaskRepository.of(
                new InMemoryTaskRepository(clock), Ledger.inMemory(), TieredCache.builder()));
  }
}
