package dev.tiercel.powerloss;

import dev.tiercel.Tiercel;
import dev.tiercel.cache.TierStats;
import dev.tiercel.sqlite.Durability;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Opens the whole stack on what a crash has left. Whatever the caches answer must be what the
 * database answers, at once and after further writes.
 *
 * @param workload how it is opened
 * @param promised what it is held to
 */
record StackCheck(Workload workload, Story story, Durability promised) {
  private static final int AGAIN_ONE_IN = 4;

  Story.Finding check(Path folder, int before, Random random, Tally tally, List<String> why)
      throws Exception {
    Story.Finding finding;
    long wrong;
    try (Tiercel tiercel = workload.open(folder)) {
      List<Task> all = stored(tiercel.tasks(), TaskQuery.all());
      Rows rows = new Rows();
      all.forEach(rows::add);
      finding = story.judge(rows, before, promised, why);
      wrong = compare(tiercel, all, why);
      for (Task task : all) {
        if (random.nextInt(8) == 0) {
          tiercel.tasks().save(task.withTitle("changed"));
        }
      }
      tiercel.tasks().add(Task.titled("added").withId("0-added"));
      wrong += compare(tiercel, stored(tiercel.tasks(), TaskQuery.all()), why);
      tally.served += workload.cached ? served(tiercel) : 0;
    }
    if (workload.cached && random.nextInt(AGAIN_ONE_IN) == 0) {
      try (Tiercel tiercel = workload.open(folder)) {
        wrong += compare(tiercel, stored(tiercel.tasks(), TaskQuery.all()), why);
      }
    }
    if (finding == Story.Finding.SOUND) {
      Database.read(folder.resolve(Workload.DATABASE)); // Which looks for damage.
    }
    return wrong > 0 ? Story.Finding.STALE : finding;
  }

  /* A stream is never cached. */
  private static List<Task> stored(TaskRepository tasks, TaskQuery query) {
    return tasks.stream(query, Stream::toList);
  }

  /** Holds what the caches answer against the database, and counts what differs. */
  private static int compare(Tiercel tiercel, List<Task> stored, List<String> why) {
    TaskRepository tasks = tiercel.tasks();
    int wrong = 0;
    for (TaskQuery listing : TaskReader.listings()) {
      List<Task> expected = stored(tasks, listing);
      wrong += same(listing, expected, tasks.find(listing).items(), why);
      wrong += same(listing, (long) expected.size(), tasks.count(listing), why);
    }
    for (Task task : stored) {
      wrong += same(task.id(), Optional.of(task), tasks.findById(task.id()), why);
    }
    return wrong;
  }

  private static int same(Object asked, Object expected, Object answered, List<String> why) {
    if (answered.equals(expected)) {
      return 0;
    }
    why.add("%s is answered by %s and not %s".formatted(asked, answered, expected));
    return 1;
  }

  /** How many answers came out of the tiers. */
  private static long served(Tiercel tiercel) {
    return tiercel.cache().tierStats().stream().mapToLong(TierStats::hits).sum();
  }
}
