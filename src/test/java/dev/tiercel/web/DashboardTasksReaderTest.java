package dev.tiercel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.task.InMemoryTaskRepository;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** When tasks are counted, and when not. */
class DashboardTasksReaderTest {
  private final Queue<Runnable> begun = new ArrayDeque<>();
  private final AtomicLong nanos = new AtomicLong();
  private final DashboardTasksReader reader =
      new DashboardTasksReader(
          new InMemoryTaskRepository(InstantSource.system()),
          begun::add,
          () -> nanos.getAndAdd(1_000)); // So each count takes a microsecond.

  private int begunBy(boolean isWatched) {
    int before = begun.size();
    reader.read(new DashboardReading(1, isWatched));
    return begun.size() - before;
  }

  @Test
  void nobodyLooksAndNothingIsCounted() {
    assertEquals(0, begunBy(false));
    assertEquals(1, begunBy(true));
    begun.remove().run();
    nanos.addAndGet(1_000_000);
    assertEquals(0, begunBy(false));
  }

  @Test
  void oneCountAtATimeAndThenARest() {
    assertEquals(1, begunBy(true));
    assertEquals(0, begunBy(true), "the first is not done");
    begun.remove().run();
    assertEquals(0, begunBy(true), "a twentieth of the time");
    nanos.addAndGet(20_000);
    assertEquals(1, begunBy(true));
  }
}
