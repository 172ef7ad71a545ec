package dev.tiercel.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.Tag;
import dev.tiercel.cache.Tags;
import dev.tiercel.cache.TypedCache;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered from memory touches no meter, with everything bound. */
class MemoryHitTest {
  @TempDir Path folder;
  private final TouchedMeters registry = new TouchedMeters();

  private static void read(TaskRepository tasks, TypedCache<String> texts) {
    tasks.findById("a");
    tasks.findById("none");
    tasks.findByIds(List.of("a", "none"));
    tasks.find(TaskQuery.all().limit(10));
    tasks.findPage(TaskQuery.all().limit(10), 1);
    tasks.count(TaskQuery.all());
    tasks.stats();
    tasks.findByAgent("agent-7");
    texts.get("board", Tags.of(Tag.of("board")), () -> "loaded");
  }

  @Test
  void aHitInMemoryTouchesNoMeter() {
    try (Tiercel tiercel =
        Tiercel.builder(folder.resolve("tasks.db"))
            .sqliteTier(folder.resolve("cache.db"), 16 << 20)
            .build()) {
      tiercel.metrics().bindTo(registry);
      TaskRepository tasks = tiercel.tasks();
      TypedCache<String> texts = tiercel.cache().typed(String.class);
      tasks.add(Task.titled("a").withId("a"));
      long before = registry.touches.get();
      read(tasks, texts);
      assertTrue(registry.touches.get() > before, "what goes below memory is timed");

      long hits = tiercel.cache().stats().hits();
      long touched = registry.touches.get();
      for (int i = 0; i < 100; i++) {
        read(tasks, texts);
      }
      assertEquals(hits + 900, tiercel.cache().stats().hits());
      assertEquals(touched, registry.touches.get());
      assertEquals((double) (hits + 900), registry.value("cache.gets", "result", "hit"));
    }
  }
}
