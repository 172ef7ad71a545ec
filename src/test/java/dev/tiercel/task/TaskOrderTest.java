package dev.tiercel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskOrderTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private static Task task(String id, int priority, int second) {
    return Task.titled("t").withId(id).withCreatedAt(AT.plusSeconds(second)).withPriority(priority);
  }

  private static List<String> sorted(TaskOrder order, Task... tasks) {
    return Arrays.stream(tasks).sorted(order.comparator()).map(Task::id).toList();
  }

  @Test
  void urgentFirstGoesByPriorityThenAgeThenId() {
    assertEquals(
        List.of("max", "a", "b", "young", "min"),
        sorted(
            TaskOrder.URGENT_FIRST,
            task("min", Integer.MIN_VALUE, 0),
            task("young", 0, 1),
            task("b", 0, 0),
            task("a", 0, 0),
            task("max", Integer.MAX_VALUE, 9)));
  }

  @Test
  void newestFirstGoesByAgeThenIdDownwards() {
    assertEquals(
        List.of("young", "b", "a"),
        sorted(TaskOrder.NEWEST_FIRST, task("a", 9, 0), task("b", 0, 0), task("young", -1, 1)));
  }

  @Test
  void idsSortAsTheirUtf8Bytes() {
    int[] letters = {
      0x20, 'A', 'a', 'z', 0x7E, 0xA0, 0xE9, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000,
      0x103FF, 0x10400, 0x1F600, 0x10FFFF
    };
    Random random = new Random(7);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      StringBuilder id = new StringBuilder("x");
      for (int length = random.nextInt(4); length > 0; length--) {
        id.appendCodePoint(letters[random.nextInt(letters.length)]);
      }
      ids.add(id.toString());
    }
    for (String a : ids) {
      for (String b : ids) {
        int expected =
            Integer.signum(
                Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        Task one = task(a, 1, 0);
        Task other = task(b, 1, 0);
        assertEquals(
            expected, Integer.signum(TaskOrder.URGENT_FIRST.comparator().compare(one, other)));
        assertEquals(
            -expected, Integer.signum(TaskOrder.NEWEST_FIRST.comparator().compare(one, other)));
      }
    }
  }
}
