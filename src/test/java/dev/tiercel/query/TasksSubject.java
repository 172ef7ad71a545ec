package dev.tiercel.query;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.cache.Dice;
import dev.tiercel.cache.FreshnessOracle;
import dev.tiercel.query.Stacks.Stack;
import dev.tiercel.task.Cursor;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that count up in their priorities, read in every way that is cached and written in every
 * way that there is.
 *
 * <p>A <i>plain</i> task stays with its agent. A <i>mover</i> is handed from one agent to another
 * and back, a <i>toggle</i> is assigned and given back; on either side lies a marker that counts
 * with it in the same transaction, so that a list without the task tells its number too, and a list
 * in which the two do not fit was never there. A <i>loner</i> is handed over without markers, so
 * that the list which it leaves falls for its own sake or not at all.
 */
final class TasksSubject implements FreshnessOracle.Subject {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int AGENTS = 6;
  private static final int EACH = 6;
  private static final int PLAIN = AGENTS * EACH;
  private static final int MOVERS = 6;
  private static final int TOGGLES = 4;
  private static final int MOVED = PLAIN + MOVERS + TOGGLES;
  private static final int LONERS = 6;
  private static final int ALL = 1_000;

  private static final class Undone extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A list, and the data that it shows. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Shown(int[] data, Function<TaskRepository, Collection<Task>> read) {}

  private final String name;
  private final CachedTaskRepository tasks;
  private final Map<String, Task> current = new HashMap<>(); // By the writer alone.
  private final List<Shown> shown = new ArrayList<>();

  TasksSubject(String name, Stack stack) {
    this.name = name;
    tasks = stack.cached();
    for (int datum = 0; datum < PLAIN; datum++) {
      put(stack.bare(), task("t" + datum, 0).assignedTo(agent(datum), START));
    }
    for (int i = 0; i < MOVERS + TOGGLES; i++) {
      for (Task each : moved(i, 0)) {
        put(stack.bare(), each);
      }
    }
    for (int i = 0; i < LONERS; i++) {
      put(stack.bare(), alone(i, task("l" + i, 0)));
    }
    show();
  }

  private static Task alone(int i, Task task) {
    return task.assignedTo((task.priority() % 2 == 0 ? "left-" : "right-") + i, START);
  }

  private void put(TaskRepository bare, Task task) {
    current.put(task.id(), bare.add(task));
  }

  private static Task task(String id, long number) {
    return Task.titled("Task").withId(id).withCreatedAt(START).withPriority((int) number);
  }

  private static String agent(int datum) {
    return "agent-" + datum / EACH;
  }

  /** The task and its two markers, as they are at a number. */
  private static List<Task> moved(int i, long number) {
    boolean even = number % 2 == 0;
    Task task = task("m" + i, number);
    Task here = task("here" + i, number);
    Task there = task("there" + i, number).assignedTo("there-" + i, START);
    if (i < MOVERS) {
      return List.of(
          task.assignedTo((even ? "here-" : "there-") + i, START),
          here.assignedTo("here-" + i, START),
          there);
    }
    return List.of(even ? task : task.assignedTo("there-" + i, START), here, there);
  }

  private void show() {
    int[] plain = IntStream.range(0, PLAIN).toArray();
    int[] every = IntStream.range(0, MOVED + LONERS).toArray();
    for (int datum : plain) {
      shown.add(new Shown(new int[] {datum}, from -> from.findById("t" + datum).stream().toList()));
    }
    for (int agent = 0; agent < AGENTS; agent++) {
      int first = agent * EACH;
      int[] own = IntStream.range(first, first + EACH).toArray();
      List<String> ids = IntStream.of(own).mapToObj(datum -> "t" + datum).toList();
      TaskQuery query = TaskQuery.forAgent(agent(first));
      shown.add(new Shown(own, from -> from.findByAgent(agent(first))));
      shown.add(new Shown(own, from -> from.find(query.open().counted()).items()));
      shown.add(new Shown(own, from -> from.findByIds(ids)));
      shown.add(new Shown(own, from -> from.findPage(query.limit(EACH), 1).items()));
      // By id downwards: behind the first half lies the second.
      List<String> down = ids.stream().sorted((a, b) -> b.compareTo(a)).toList();
      TaskQuery half = query.limit(EACH / 2);
      Cursor middle = Cursor.after(half, task(down.get(EACH / 2 - 1), 0));
      int[] second =
          down.stream().skip(EACH / 2).mapToInt(id -> Integer.parseInt(id.substring(1))).toArray();
      shown.add(new Shown(second, from -> from.find(half.at(middle)).items()));
    }
    for (int i = 0; i < MOVERS + TOGGLES; i++) {
      int[] datum = {PLAIN + i};
      String id = "m" + i;
      String there = "there-" + i;
      shown.add(new Shown(datum, from -> from.findById(id).stream().toList()));
      shown.add(new Shown(datum, from -> from.findByAgent(there)));
      if (i < MOVERS) {
        String here = "here-" + i;
        shown.add(new Shown(datum, from -> from.findByAgent(here)));
      }
    }
    for (int i = 0; i < LONERS; i++) {
      int[] datum = {MOVED + i};
      String id = "l" + i;
      shown.add(new Shown(datum, from -> from.findById(id).stream().toList()));
      for (String agent : List.of("left-" + i, "right-" + i)) {
        shown.add(new Shown(datum, from -> from.findByAgent(agent)));
      }
    }
    int[] toggles = IntStream.range(PLAIN + MOVERS, MOVED).toArray();
    shown.add(new Shown(toggles, from -> from.findPending(ALL)));
    TaskQuery assigned = TaskQuery.all().withStatus(TaskStatus.ASSIGNED).limit(ALL);
    shown.add(new Shown(every, from -> from.find(assigned).items()));
    shown.add(new Shown(every, from -> from.findAll()));
    TaskQuery urgent = TaskQuery.all().order(TaskOrder.URGENT_FIRST).limit(ALL);
    shown.add(new Shown(every, from -> from.find(urgent).items()));
  }

  @Override
  public List<int[]> entries() {
    return shown.stream().map(Shown::data).toList();
  }

  @Override
  public List<int[]> writes() {
    List<int[]> writes = new ArrayList<>();
    for (int datum = 0; datum < MOVED + LONERS; datum++) {
      writes.add(new int[] {datum});
    }
    for (int agent = 0; agent < AGENTS; agent++) {
      writes.add(IntStream.range(agent * EACH, (agent + 1) * EACH).toArray());
    }
    return writes;
  }

  @Override
  public boolean read(int entry, long[] numbers, Dice dice) {
    Shown what = shown.get(entry);
    Map<String, Task> found = new HashMap<>();
    for (Task task : what.read().apply(tasks)) {
      found.put(task.id(), task);
    }
    for (int i = 0; i < what.data().length; i++) {
      int datum = what.data()[i];
      Task task = shown(datum, found);
      if (task == null) {
        return false; // Deleted at the moment, or with its other agent.
      }
      numbers[i] = task.priority();
    }
    return true;
  }

  private static @Nullable Task shown(int datum, Map<String, Task> found) {
    if (datum < PLAIN) {
      return found.get("t" + datum);
    }
    return datum < MOVED ? either(datum - PLAIN, found) : found.get("l" + (datum - MOVED));
  }

  /** The task itself, or a marker beside which it rightly is or is not. */
  private static @Nullable Task either(int i, Map<String, Task> found) {
    Task task = found.get("m" + i);
    Task here = found.get("here" + i);
    Task there = found.get("there" + i);
    Task marker = here == null ? there : here;
    if (marker == null) {
      return task;
    }
    boolean both = here != null && there != null;
    boolean belongs = both || (marker.priority() % 2 == 0) == (here != null);
    if ((task != null) != belongs
        || (task != null && task.priority() != marker.priority())
        || (both && here.priority() != there.priority())) {
      throw new AssertionError("never there together: " + task + ", " + here + ", " + there);
    }
    return marker;
  }

  @Override
  public boolean write(int write, long[] numbers, Dice dice) {
    if (write >= MOVED + LONERS) {
      List<Task> changed = new ArrayList<>();
      int first = (write - MOVED - LONERS) * EACH;
      for (int i = 0; i < EACH; i++) {
        changed.add(current("t" + (first + i)).withPriority((int) numbers[i]));
      }
      tasks.saveAll(changed).orThrow().forEach(this::keep);
    } else if (write >= MOVED) {
      int i = write - MOVED;
      keep(tasks.save(alone(i, current("l" + i).withPriority((int) numbers[0]))));
    } else if (write >= PLAIN) {
      move(write - PLAIN, numbers[0], dice);
    } else {
      change("t" + write, (int) numbers[0], dice);
    }
    return true;
  }

  private void move(int i, long number, Dice dice) {
    if (dice.oneIn(4)) {
      undo(i, number, dice);
    }
    List<Task> changed = new ArrayList<>();
    for (Task to : moved(i, number)) {
      Task from = current(to.id()).withPriority(to.priority());
      String agent = to.assignedAgentId();
      changed.add(agent == null ? from.unassigned() : from.assignedTo(agent, START));
    }
    List<Task> done =
        dice.oneIn(2)
            ? tasks.saveAll(changed).orThrow()
            : tasks.<List<Task>>inTransaction(
                tx -> {
                  List<Task> saved = new ArrayList<>();
                  for (Task each : changed) {
                    saved.add(tx.save(each));
                    dice.linger();
                  }
                  return saved;
                });
    done.forEach(this::keep);
  }

  private void undo(int i, long number, Dice dice) {
    assertThrows(
        Undone.class,
        () ->
            tasks.<Integer>inTransaction(
                tx -> {
                  tx.save(current("m" + i).withPriority((int) number + 1_000));
                  tx.delete("here" + i);
                  dice.linger();
                  throw new Undone();
                }));
  }

  private void change(String id, int number, Dice dice) {
    Task changed = current(id).withPriority(number);
    switch (dice.below(4)) {
      case 0 -> keep(tasks.saveAll(List.of(changed)).orThrow().get(0));
      case 1 -> {
        tasks.delete(id);
        dice.linger();
        keep(tasks.add(changed));
      }
      case 2 ->
          keep(
              tasks.<Task>inTransaction(
                  tx -> {
                    tx.delete(id);
                    dice.linger();
                    return tx.add(changed);
                  }));
      default -> keep(tasks.save(changed));
    }
  }

  private Task current(String id) {
    return current.getOrDefault(id, task(id, 0));
  }

  private void keep(Task task) {
    current.put(task.id(), task);
  }

  long hits() {
    return tasks.cache().stats().hits();
  }

  @Override
  public String toString() {
    return name + " " + tasks.cache().stats();
  }
}
