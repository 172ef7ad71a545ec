package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskListener;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Whoever is refused because somebody wrote past the cache, and reads again as he is told, gets
 * what is there.
 */
class ConflictTest {
  /** What others write to it, nobody hears of. */
  private static final class Mute extends ForwardingTasks {
    Mute(InMemoryTaskRepository to) {
      super(to);
    }

    @Override
    public Runnable addListener(TaskListener listener) {
      return () -> {};
    }
  }

  private final InMemoryTaskRepository elsewhere =
      new InMemoryTaskRepository(InstantSource.system());
  private final CachedTaskRepository tasks = CachedTaskRepository.of(new Mute(elsewhere));

  @Test
  void theNextTryOfASaveHasTheNewVersion() {
    Task known = tasks.add(Task.titled("a"));
    tasks.findById(known.id());
    elsewhere.save(known.withTitle("b"));
    assertThrows(StaleTaskException.class, () -> tasks.save(known.withTitle("c")));
    Task current = tasks.findById(known.id()).orElseThrow();
    assertEquals("b", current.title());
    assertEquals("c", tasks.save(current.withTitle("c")).title());
  }

  @Test
  void alsoIfItIsOneOfSeveral() {
    Task known = tasks.add(Task.titled("a"));
    tasks.findById(known.id());
    elsewhere.save(known.withTitle("b"));
    assertEquals(1, tasks.saveAll(List.of(known.withTitle("c"))).refused().size());
    assertEquals("b", tasks.findById(known.id()).orElseThrow().title());
  }

  @Test
  void whatIsThereAlreadyIsFound() {
    Task task = Task.titled("a");
    assertEquals(Optional.empty(), tasks.findById(task.id()));
    elsewhere.add(task);
    assertThrows(DuplicateTaskException.class, () -> tasks.add(task));
    assertTrue(tasks.findById(task.id()).isPresent());
    assertThrows(DuplicateTaskException.class, () -> tasks.inTransaction(tx -> tx.add(task)));
  }
}
