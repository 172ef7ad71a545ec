package dev.tiercel.query;

import dev.tiercel.task.Cursor;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Every kind of question, and what its answer depends on, told by hand. */
final class Shapes {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final Duration MINUTE = Duration.ofMinutes(1);
  static final TaskFilter URGENT = TaskFilter.NONE.atLeast(5);

  private Shapes() {}

  /** A question. */
  record Shape(String name, Set<String> tags, Function<TaskRepository, Object> read) {
    @Override
    public String toString() {
      return name;
    }

    Object ask(TaskRepository tasks) {
      return read.apply(tasks);
    }
  }

  private record Listing(String name, Set<String> tags, TaskQuery query) {}

  /** All of them, about the tasks that {@link Changes} writes to. */
  static List<Shape> all(Task place) {
    List<Shape> all = new ArrayList<>();
    for (Listing listing : listings()) {
      for (TaskOrder order : TaskOrder.values()) {
        TaskQuery query = listing.query().order(order).limit(3);
        String name = listing.name() + " " + order;
        page(all, name, listing, query);
        page(all, name + " counted", listing, query.counted());
        page(all, name + " after", listing, query.at(Cursor.after(query, place)));
        page(all, name + " before", listing, query.at(Cursor.before(query, place)));
        page(all, name + " urgent", listing, query.where(TaskFilter.NONE.atLeast(2)));
        page(all, name + " text", listing, query.where(TaskFilter.NONE.containing("report")));
        all.add(
            new Shape(
                name + " page 2", listing.tags(), tasks -> tasks.findPage(query.limit(2), 2)));
        all.add(new Shape(name + " count", listing.tags(), tasks -> tasks.count(query)));
      }
      TaskQuery some = listing.query().where(TaskFilter.NONE.atLeast(2));
      all.add(new Shape(listing.name() + " some", listing.tags(), tasks -> tasks.count(some)));
    }
    all.add(new Shape("stats", Set.of("tasks"), TaskRepository::stats));
    for (String id : Changes.IDS) {
      all.add(new Shape("one " + id, Set.of("task:" + id), tasks -> tasks.findById(id)));
    }
    List<String> pair = List.of("held", "waiting");
    all.add(new Shape("pair", Set.of("task:held", "task:waiting"), tasks -> tasks.findByIds(pair)));
    List<String> absent = List.of("no-1", "new-pending");
    all.add(
        new Shape(
            "absent", Set.of("task:no-1", "task:new-pending"), tasks -> tasks.findByIds(absent)));
    return all;
  }

  private static void page(List<Shape> all, String name, Listing listing, TaskQuery query) {
    all.add(new Shape(name, listing.tags(), tasks -> tasks.find(query)));
  }

  private static List<Listing> listings() {
    TaskQuery any = TaskQuery.all();
    List<Listing> all = new ArrayList<>();
    all.add(new Listing("any", Set.of("tasks"), any));
    for (TaskStatus status : TaskStatus.values()) {
      all.add(new Listing(status.name(), Set.of("status:" + status), any.withStatus(status)));
    }
    all.add(new Listing("open", Set.of("status:PENDING", "status:ASSIGNED"), any.open()));
    all.add(
        new Listing(
            "taken",
            Set.of("status:ASSIGNED", "status:COMPLETED"),
            any.withStatus(TaskStatus.COMPLETED, TaskStatus.ASSIGNED)));
    for (String agent : List.of("a", "b", "nobody")) {
      Set<String> tags = Set.of("agent:" + agent);
      TaskQuery own = TaskQuery.forAgent(agent);
      all.add(new Listing(agent, tags, own));
      all.add(new Listing(agent + " open", tags, own.open()));
      for (TaskStatus status : TaskStatus.values()) {
        all.add(new Listing(agent + " " + status, tags, own.withStatus(status)));
      }
    }
    return all;
  }
}
