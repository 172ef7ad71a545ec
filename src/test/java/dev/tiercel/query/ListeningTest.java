package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Ledger;
import dev.tiercel.cache.TieredCache;
import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.InMemoryTaskRepository;
import dev.tiercel.task.InvalidValueException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskListener;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cache over a repository that tells what it writes hears of every write that it must hear of.
 */
@Timeout(60)
class ListeningTest {
  @TempDir Path folder;

  private static CachedTaskRepository over(TaskRepository tasks) {
    return CachedTaskRepository.of(tasks, Ledger.inMemory(), TieredCache.builder().onlyWriter());
  }

  @Test
  void alsoOfOneThatBeganBeforeItListened() throws InterruptedException {
    try (SqliteTaskRepository tasks =
        SqliteTaskRepository.open(
            SqliteDatabase.builder(folder.resolve("tasks.db")), false, InstantSource.system())) {
      Task old = tasks.add(Task.titled("old"));
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch mayGoOn = new CountDownLatch(1);
      Thread writer =
          new Thread(
              () ->
                  tasks.inTransaction(
                      tx -> {
                        begun.countDown();
                        await(mayGoOn);
                        return tx.save(old.withTitle("new"));
                      }));
      writer.start();
      begun.await();
      List<String> read = new ArrayList<>();
      Thread reader =
          new Thread(
              () -> {
                try (CachedTaskRepository cached = over(tasks)) {
                  read.add(cached.findById(old.id()).orElseThrow().title());
                  mayGoOn.countDown();
                  join(writer);
                  read.add(cached.findById(old.id()).orElseThrow().title());
                }
              });
      reader.start();
      while (reader.isAlive() && !isWaiting(reader)) {
        Thread.onSpinWait(); // Until it waits for the transaction, or at its end.
      }
      mayGoOn.countDown();
      reader.join();
      assertEquals("new", read.get(1));
    }
  }

  private static boolean isWaiting(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells its listeners half of what a transaction wrote in a form that they cannot read. */
  private static final class Garbling extends ForwardingTasks {
    private final boolean isRefusing;

    Garbling(TaskRepository to, boolean isRefusing) {
      super(to);
      this.isRefusing = isRefusing;
    }

    @Override
    public Runnable addListener(TaskListener listener) {
      return super.addListener(
          changes -> {
            int half = changes.size() / 2;
            listener.changed(changes.subList(0, half));
            try {
              listener.changed(Collections.nCopies(changes.size() - half, null));
            } catch (RuntimeException e) {
              // Whoever tells others goes on.
            }
          });
    }

    @Override
    public <T extends @Nullable Object> T inTransaction(
        Function<? super TaskRepository, ? extends T> work) {
      T result = super.<T>inTransaction(work);
      if (isRefusing) {
        throw new InvalidValueException("refused, although it is written");
      }
      return result;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatItHearsAndCannotReadMayBeAnything(boolean isRefusing) {
    InMemoryTaskRepository tasks = new InMemoryTaskRepository(InstantSource.system());
    Task one = tasks.add(Task.titled("old"));
    Task other = tasks.add(Task.titled("old"));
    try (CachedTaskRepository cached = over(new Garbling(tasks, isRefusing))) {
      assertEquals("old", title(cached, one));
      assertEquals("old", title(cached, other));
      Runnable write =
          () ->
              cached.<Task>inTransaction(
                  tx -> {
                    tx.save(one.withTitle("new"));
                    return tx.save(other.withTitle("new"));
                  });
      if (isRefusing) {
        assertThrows(InvalidValueException.class, write::run);
      } else {
        write.run();
      }
      assertEquals("new", title(cached, one));
      assertEquals("new", title(cached, other));
    }
  }

  private static String title(TaskRepository tasks, Task of) {
    return tasks.findById(of.id()).orElseThrow().title();
  }

  @Test
  void alsoOfOneThatAnotherListenerMakes() {
    InMemoryTaskRepository tasks = new InMemoryTaskRepository(InstantSource.system());
    Task old = tasks.add(Task.titled("old"));
    List<String> read = new ArrayList<>();
    try (CachedTaskRepository cached = over(tasks)) {
      tasks.addListener(
          changes -> {
            if (changes.get(0).before() == null) {
              tasks.save(old.withTitle("new"));
              read.add(cached.findById(old.id()).orElseThrow().title());
            }
          });
      assertEquals("old", cached.findById(old.id()).orElseThrow().title());
      cached.add(Task.titled("another"));
      assertEquals(List.of("new"), read);
    }
  }
}
