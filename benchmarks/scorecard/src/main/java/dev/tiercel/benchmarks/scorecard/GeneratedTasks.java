package dev.tiercel.benchmarks.scorecard;

import dev.tiercel.Tiercel;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tasks that look like a team's, the same ones at every run: 80 agents of whom a few do most, about
 * 8 % pending, 7 % assigned, the rest completed.
 */
public final class GeneratedTasks {
  private static final long SEED = 20261124;
  private static final int AGENTS = 80;
  private static final int BATCH = 5_000;
  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final String[] WORDS =
      ("the cache writer lease report index page agent retry commit queue merge deploy rollback"
              + " schema timeout metric review release upgrade customer invoice search export")
          .split(" ");

  private GeneratedTasks() {}

  /**
   * The tasks, made as they are asked for.
   *
   * @param count how many
   * @return a sequential stream
   */
  public static Stream<Task> stream(int count) {
    Random random = new Random(SEED);
    return IntStream.range(0, count).mapToObj(i -> task(random, i));
  }

  /**
   * Makes a Tiercel database with them.
   *
   * @param file the file to make
   * @param count how many
   */
  public static void writeTiercel(Path file, int count) {
    try (Tiercel tiercel = Tiercel.builder(file).uncached().build()) {
      List<Task> batch = new ArrayList<>();
      stream(count)
          .forEach(
              task -> {
                batch.add(task);
                if (batch.size() == BATCH) {
                  tiercel.tasks().addAll(batch);
                  batch.clear();
                }
              });
      tiercel.tasks().addAll(batch);
      long stored = tiercel.tasks().count(TaskQuery.all());
      if (stored != count) {
        throw new IllegalStateException("stored " + stored + " of " + count + " tasks");
      }
    }
  }

  private static Task task(Random random, int i) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    // One in four at a full minute, so that there are ties.
    Instant created =
        random.nextInt(4) == 0
            ? START.plusSeconds(60L * (i / 2 + random.nextInt(500)))
            : START.plusNanos((30_000_000L * i + random.nextInt(1_000_000_000)) * 1_000);
    int state = random.nextInt(100);
    // The square draws to the low numbers: the first ten agents hold a third of it all.
    double drawn = random.nextDouble();
    String agent = state < 8 ? null : "agent-" + (int) (AGENTS * drawn * drawn);
    Instant assigned = agent == null ? null : created.plusSeconds(random.nextInt(86_400));
    Instant completed = state < 15 ? null : assigned.plusSeconds(1 + random.nextInt(864_000));
    return new Task(
        id,
        text(random, 20 + random.nextInt(60)),
        random.nextInt(10) == 0 ? null : text(random, random.nextInt(1_501)),
        agent,
        created,
        assigned,
        completed,
        1 + random.nextInt(5),
        created,
        0,
        0,
        null);
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder(length + 12);
    while (text.length() < length) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    text.setLength(length);
    return text.toString();
  }
}
