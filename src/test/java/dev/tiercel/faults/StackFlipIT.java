package dev.tiercel.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.TierStats;
import dev.tiercel.faults.SavedFiles.Bit;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskRepositoryException;
import dev.tiercel.tier.CacheTierException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits in the files of a whole stack, as a kill leaves them and as closing leaves them.
 * Whatever is flipped in those of the caches changes no answer and refuses none. The database of
 * the tasks has no copy of its own: what a flip does there is counted.
 *
 * <p>{@code -Dflips=10000} flips more bits than the default, {@code -Dflips.seed=7} other ones.
 */
@Timeout(value = 120, unit = TimeUnit.MINUTES) // For very many; the default takes seconds.
class StackFlipIT {
  private static final int FLIPS = Integer.getInteger("flips", 150);
  private static final long SEED = Long.getLong("flips.seed", 20_261_128);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final long TIER_BYTES = 4 << 20;
  private static final int TASKS = 40;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private List<List<Task>> truth = List.of();
  private SavedFiles killed;
  private SavedFiles closed;

  private Path database() {
    return folder.resolve("tasks").resolve("tasks.db");
  }

  private Path cache() {
    return folder.resolve("cache");
  }

  private Tiercel open() {
    return Tiercel.builder(database())
        .readers(1)
        .sqliteTier(cache().resolve("cache.db"), TIER_BYTES)
        .fileTier(cache().resolve("segments"), TIER_BYTES)
        .build();
  }

  /* Short answers go to the one tier, long ones to the other. */
  private void fill() throws Exception {
    Files.createDirectories(database().getParent());
    Files.createDirectories(cache());
    try (Tiercel tiercel = open()) {
      TaskRepository tasks = tiercel.tasks();
      List<Task> some = new ArrayList<>();
      for (int i = 0; i < TASKS; i++) {
        Task task = Task.titled("task " + i).withId("t" + i).withPriority(1 + i % 4);
        some.add(i % 4 == 0 ? task.withDescription("x" + i + "y".repeat(100 * i)) : task);
      }
      tasks.addAll(some).orThrow();
      Task claimed = tasks.claim("agent-1", 5, LONG).get(0);
      tasks.complete(claimed.id(), claimed.lease());
      truth = answers(tasks);
      assertTrue(tiercel.cache().flush(LONG));
      killed = SavedFiles.of(folder);
    }
    closed = SavedFiles.of(folder);
  }

  private static List<List<Task>> answers(TaskRepository tasks) {
    List<List<Task>> answers = new ArrayList<>();
    for (int i = 0; i <= TASKS; i++) {
      answers.add(tasks.findById("t" + i).stream().toList());
    }
    answers.add(tasks.findPending(10));
    answers.add(tasks.findByAgent("agent-1", 10));
    answers.add(tasks.find(TaskQuery.all().limit(5)).items());
    return answers;
  }

  @Test
  void noFlippedBitOfACacheChangesOrRefusesAnAnswer() throws Exception {
    fill();
    long hits = 0;
    int refused = 0;
    for (int i = 0; i < FLIPS; i++) {
      SavedFiles saved = i % 2 == 0 ? killed : closed;
      List<Path> caches =
          saved.names().stream()
              .filter(file -> file.startsWith(cache()) || file.toString().endsWith("-owner"))
              .toList();
      saved.restore();
      Bit bit = saved.draw(random, caches);
      saved.flip(bit);
      try (Tiercel tiercel = open()) {
        assertEquals(truth, answers(tiercel.tasks()), bit::toString);
        hits += tiercel.cache().tierStats().stream().mapToLong(TierStats::hits).sum();
        Task task = tiercel.tasks().findById("t1").orElseThrow();
        Task stored = tiercel.tasks().save(task.withTitle("another"));
        assertEquals(stored, tiercel.tasks().findById("t1").orElseThrow(), bit::toString);
      } catch (CacheTierException e) {
        refused++;
        System.out.println(bit + " " + e.getMessage());
      } catch (TaskRepositoryException e) {
        throw new AssertionError(bit + ": " + e, e);
      }
    }
    long served = hits;
    System.out.printf(
        "%,d flips in files of caches: no answer wrong, none refused; %,d served by the tiers, %d"
            + " caches refused at open%n",
        FLIPS, hits, refused);
    assertTrue(served > 10L * FLIPS, () -> "but " + served + " answers came from a tier");
  }

  /** What came of a flip in the database of the tasks. */
  private enum Outcome {
    /** Every answer was right. */
    UNHARMED,
    /** It was not opened. */
    REFUSED_AT_OPEN,
    /** Some call said that the file is damaged. */
    REFUSED_BY_A_CALL,
    /** Some answer was another one, and nothing said so; SQLite's check of the file does. */
    CHANGED_BUT_CHECKABLE,
    /** Some answer was another one, and nothing says so. */
    CHANGED
  }

  @Test
  void aFlippedBitOfTheDatabaseIsRefusedOrChangesAnAnswer() throws Exception {
    fill();
    Map<String, Map<Outcome, Integer>> counted = new TreeMap<>();
    for (int i = 0; i < FLIPS; i++) {
      SavedFiles saved = i % 2 == 0 ? killed : closed;
      List<Path> ofTasks =
          saved.names().stream()
              .filter(file -> file.startsWith(database().getParent()))
              .filter(file -> !file.toString().endsWith("-owner"))
              .toList();
      saved.restore();
      Bit bit = saved.draw(random, ofTasks);
      saved.flip(bit);
      Outcome outcome;
      try {
        outcome = outcome();
      } catch (Throwable e) {
        throw new AssertionError(bit + ": " + e, e);
      }
      counted
          .computeIfAbsent(
              (saved == killed ? "killed " : "closed ") + bit.file().getFileName(),
              any -> new EnumMap<>(Outcome.class))
          .merge(outcome, 1, Integer::sum);
    }
    System.out.printf("%,d flips in files of the tasks: %s%n", FLIPS, counted);
  }

  private Outcome outcome() throws IOException {
    Tiercel opened;
    try {
      opened = Tiercel.builder(database()).readers(1).uncached().build();
    } catch (TaskRepositoryException e) {
      requireRemedy(e);
      return Outcome.REFUSED_AT_OPEN;
    }
    List<List<Task>> found = null;
    try {
      found = answers(opened.tasks());
      opened.tasks().add(Task.titled("another"));
    } catch (TaskRepositoryException e) {
      requireRemedy(e);
      return Outcome.REFUSED_BY_A_CALL;
    } finally {
      close(opened);
    }
    if (found.equals(truth)) {
      return Outcome.UNHARMED;
    }
    return isSound() ? Outcome.CHANGED : Outcome.CHANGED_BUT_CHECKABLE;
  }

  private static void requireRemedy(TaskRepositoryException e) {
    String said = String.valueOf(e.getMessage());
    boolean remedy =
        said.contains("restore a backup")
            || said.contains("use a newer Tiercel")
            || said.contains("name a file of its own");
    assertTrue(remedy, said);
  }

  private static void close(Tiercel opened) {
    try {
      opened.close();
    } catch (RuntimeException e) {
      // A damaged file may not be tidied up; what is asked here is what it answered.
    }
  }

  private boolean isSound() {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
      return row.next() && row.getString(1).equals("ok");
    } catch (SQLException e) {
      return false;
    }
  }
}
