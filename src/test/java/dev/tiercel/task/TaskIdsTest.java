package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskIdsTest {
  private static final int MANY = 20_000;

  private static List<String> draw() {
    return Stream.generate(TaskIds::next).limit(MANY).toList();
  }

  @Test
  void idsSortAsTheyWereDrawn() {
    List<String> drawn = draw();
    List<String> sorted = new ArrayList<>(drawn);
    Collections.sort(sorted);
    assertEquals(sorted, drawn);
  }

  @Test
  void idsTellWhenTheyWereDrawn() {
    for (String id : draw()) {
      UUID uuid = UUID.fromString(id);
      long millis = uuid.getMostSignificantBits() >>> 16;
      assertEquals(7, uuid.version());
      assertEquals(2, uuid.variant());
      assertTrue(Math.abs(System.currentTimeMillis() - millis) < 60_000);
    }
  }

  @Test
  void idsAreUniqueAcrossThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Set<String> prefixes = new HashSet<>();
    try {
      for (Future<List<String>> drawn :
          threads.invokeAll(Collections.nCopies(8, (Callable<List<String>>) TaskIdsTest::draw))) {
        for (String id : drawn.get()) {
          assertTrue(prefixes.add(id.substring(0, 18)), "even without their random part");
        }
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(8 * MANY, prefixes.size());
  }

  @Test
  void idsAreUuidsOfVersionSeven() {
    Set<Long> random = new HashSet<>();
    for (String id : draw()) {
      UUID uuid = UUID.fromString(id);
      assertEquals(id, uuid.toString());
      assertEquals(7, uuid.version());
      assertEquals(2, uuid.variant());
      random.add(uuid.getLeastSignificantBits());
    }
    assertEquals(MANY, random.size());
  }
}
