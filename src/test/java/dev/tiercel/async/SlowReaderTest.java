package dev.tiercel.async;

import static dev.tiercel.async.Gate.result;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tiercel.sqlite.SqliteDatabase;
import dev.tiercel.store.SqliteTaskRepository;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that stands still between two tasks holds nothing of the database. */
class SlowReaderTest {
  @TempDir Path folder;

  private static Task task(int i) {
    return Task.titled("Work").withId("t" + i).withCreatedAt(Instant.ofEpochSecond(i));
  }

  @Test
  void noConnectionAndNoSnapshotIsHeldBetweenBatches() throws Exception {
    try (SqliteTaskRepository stored =
            SqliteTaskRepository.open(
                SqliteDatabase.builder(folder.resolve("tasks.db")).readers(2),
                false,
                InstantSource.system());
        AsyncTaskRepository tasks = AsyncTaskRepository.of(stored)) {
      stored.addAll(IntStream.range(0, 10).mapToObj(SlowReaderTest::task).toList()).orThrow();
      List<Taker> slow =
          List.of(
              Taker.of(tasks.publisher(TaskQuery.pending().limit(2))),
              Taker.of(tasks.publisher(TaskQuery.pending().limit(2))),
              Taker.of(tasks.publisher(TaskQuery.pending().limit(2))));
      for (Taker taker : slow) {
        taker.request(3);
        assertEquals(List.of("t0", "t1", "t2"), taker.take(3));
      }

      // More readers than connections, so each read would wait in vain if one held its own.
      assertEquals(10, result(tasks.count(TaskQuery.all())));
      // A snapshot would hide these, and a read transaction would keep the log from being emptied.
      stored.save(stored.findById("t7").orElseThrow().withTitle("Changed"));
      stored.delete("t8");
      stored.add(task(10));

      for (Taker taker : slow) {
        taker.request(100);
        assertEquals(List.of("t3", "t4", "t5", "t6", "t7", "t9", "t10"), taker.take(7));
        taker.assertComplete();
      }
    }
  }
}
