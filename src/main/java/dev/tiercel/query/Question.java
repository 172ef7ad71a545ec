package dev.tiercel.query;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.Tags;
import dev.tiercel.task.NumberedPage;
import dev.tiercel.task.Page;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskOrder;
import dev.tiercel.task.TaskQuery;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStats;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a repository can be asked, as the key of the answer: it knows what the answer depends on and
 * how to get it. Equal questions are equal keys, however they were put together, since the values
 * that they are made of are canonical.
 *
 * @param <V> the type of the answer
 */
sealed interface Question<V> extends CacheKey {
  /** What the answer depends on. */
  Tags tags();

  /** Asks. */
  V askOf(TaskRepository source);

  /** One task, or that there is none, which ends when one is added. */
  record One(String id) implements Question<Optional<Task>> {
    @Override
    public Tags tags() {
      return TaskTags.task(id);
    }

    @Override
    public Optional<Task> askOf(TaskRepository source) {
      return source.findById(id);
    }

    @Override
    public String text() {
      return CacheKey.join("task", id);
    }
  }

  /** Several tasks, as of one moment: put together from single answers, they would not be. */
  record Several(List<String> ids) implements Question<List<Task>> {
    @Override
    public Tags tags() {
      return Tags.of(ids.stream().map(TaskTags::task).toList());
    }

    @Override
    public List<Task> askOf(TaskRepository source) {
      return source.findByIds(ids);
    }

    @Override
    public String text() {
      return CacheKey.join(
          Stream.concat(Stream.of("tasks", "ids"), ids.stream()).toArray(String[]::new));
    }
  }

  /** A page by its place. */
  record Listed(TaskQuery query) implements Question<Page<Task>> {
    @Override
    public Tags tags() {
      return TaskTags.of(query);
    }

    @Override
    public Page<Task> askOf(TaskRepository source) {
      return source.find(query);
    }

    @Override
    public String text() {
      return QueryText.of(query).page().toString();
    }
  }

  /** A page by its number. */
  record Numbered(TaskQuery query, int page) implements Question<NumberedPage<Task>> {
    @Override
    public Tags tags() {
      return TaskTags.of(query);
    }

    @Override
    public NumberedPage<Task> askOf(TaskRepository source) {
      return source.findPage(query, page);
    }

    @Override
    public String text() {
      return QueryText.of(query).page().part("page", page).toString();
    }
  }

  /** How many there are, whatever the page and the order. */
  record Counted(TaskQuery query) implements Question<Long> {
    public Counted {
      query =
          new TaskQuery(
              query.agent(),
              query.statuses(),
              query.filter(),
              TaskOrder.NEWEST_FIRST,
              1,
              null,
              false);
    }

    @Override
    public Tags tags() {
      return TaskTags.of(query);
    }

    @Override
    public Long askOf(TaskRepository source) {
      return source.count(query);
    }

    @Override
    public String text() {
      return QueryText.of(query).part("count").toString();
    }
  }

  /** How many of each kind there are. */
  record Stats() implements Question<TaskStats> {
    @Override
    public Tags tags() {
      return TaskTags.TASKS;
    }

    @Override
    public TaskStats askOf(TaskRepository source) {
      return source.stats();
    }

    @Override
    public String text() {
      return "tasks:stats";
    }
  }
}
