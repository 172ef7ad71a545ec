package dev.tiercel.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Many tasks that differ in everything, and every way to ask for them. */
abstract class SampleContract extends RepositoryContract {
  private static final List<String> TEXTS =
      List.of(
          "100% done",
          "100 done",
          "a_b",
          "axb",
          "back\\slash",
          "MIXED Case",
          "mixed case",
          "\u00C4rger",
          "\u00E4rger",
          "plain \uD83D\uDE00",
          "a%b_c\\d");
  private static final List<String> WANTED =
      List.of(
          "%",
          "_",
          "\\",
          "a_b",
          "A_B",
          "mIxEd",
          "\u00E4R",
          "0%",
          "\uD83D\uDE00",
          "k\\s",
          "%b_",
          "\\d",
          "nowhere",
          "plain \uD83D\uDE00");
  private static final List<String> PREFIXES =
      List.of(
          "a", "Z", "\u00E9", "\uE000", "\uFFFD", "\uD83D\uDE00", "\uD800\uDC00", "\uDBFF\uDFFD");

  final List<Task> fill(int count) {
    Random random = new Random(20_260_101);
    List<Task> given = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String prefix = PREFIXES.get(random.nextInt(PREFIXES.size()));
      String agent = random.nextInt(3) == 0 ? "a" : "\uD83D\uDE00b";
      Instant made = START.plusNanos(1_000L * random.nextInt(20));
      Task task =
          Task.titled(TEXTS.get(random.nextInt(TEXTS.size())))
              .withId(prefix.repeat(1 + random.nextInt(2)) + PREFIXES.get(i % 8) + i)
              .withCreatedAt(made)
              .withPriority(random.nextInt(4) - 1);
      if (random.nextBoolean()) {
        task = task.withDescription(TEXTS.get(random.nextInt(TEXTS.size())));
      }
      task =
          switch (random.nextInt(3)) {
            case 0 -> task;
            case 1 -> task.assignedTo(agent, made);
            default -> task.assignedTo(agent, made).completed(made);
          };
      given.add(task);
    }
    return tasks.addAll(given).orThrow();
  }

  /** Every path that a query can choose, in both orders. */
  static List<TaskQuery> paths() {
    List<TaskQuery> of = new ArrayList<>();
    for (TaskQuery whose :
        List.of(TaskQuery.all(), TaskQuery.forAgent("a"), TaskQuery.forAgent("\uD83D\uDE00b"))) {
      List<TaskQuery> narrowed = new ArrayList<>(List.of(whose, whose.open()));
      for (TaskStatus status : TaskStatus.values()) {
        narrowed.add(whose.withStatus(status));
      }
      narrowed.add(whose.withStatus(TaskStatus.PENDING, TaskStatus.COMPLETED));
      narrowed.add(whose.withStatus(TaskStatus.ASSIGNED, TaskStatus.COMPLETED));
      for (TaskOrder order : TaskOrder.values()) {
        narrowed.forEach(query -> of.add(query.order(order)));
      }
    }
    of.add(TaskQuery.forAgent("nobody"));
    return of;
  }

  static List<TaskFilter> filters() {
    List<TaskFilter> of = new ArrayList<>(List.of(TaskFilter.NONE, TaskFilter.NONE.atLeast(1)));
    of.add(TaskFilter.NONE.created(START.plusNanos(3_000), START.plusNanos(9_000)));
    of.add(TaskFilter.NONE.created(START, START.plusNanos(9_000)).atLeast(0).containing("a"));
    WANTED.forEach(text -> of.add(TaskFilter.NONE.containing(text)));
    return of;
  }

  static List<Task> expected(List<Task> all, TaskQuery query) {
    return all.stream().filter(query::matches).sorted(query.order().comparator()).toList();
  }

  static Cursor passedOn(Optional<Cursor> cursor) {
    return Cursor.parse(cursor.orElseThrow().toString());
  }
}
