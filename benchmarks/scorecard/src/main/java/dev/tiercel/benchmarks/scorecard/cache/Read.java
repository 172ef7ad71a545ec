package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.cache.CacheKey;
import dev.tiercel.cache.Tag;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import dev.tiercel.task.TaskStatus;
import java.util.List;

/** What an application reads; it is its own key in the cache. */
sealed interface Read extends Operation, CacheKey {
  /** How long the lists are. */
  int LIST = 50;

  /** What the answer depends on. */
  Tag tag();

  /** The answer from the repository. */
  Object from(TaskRepository tasks);

  Kind kind();

  /** The three kinds. */
  enum Kind {
    BY_ID("by id"),
    BY_AGENT("by agent"),
    PENDING("pending");

    final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** A task. */
  record ById(String id) implements Read {
    @Override
    public String text() {
      return CacheKey.join("task", id);
    }

    @Override
    public Tag tag() {
      return Tag.of("task", id);
    }

    @Override
    public Task from(TaskRepository tasks) {
      return tasks.findById(id).orElseThrow();
    }

    @Override
    public Kind kind() {
      return Kind.BY_ID;
    }
  }

  /** Tasks. */
  sealed interface Listing extends Read {
    @Override
    List<Task> from(TaskRepository tasks);
  }

  /** The newest tasks of an agent. */
  record ByAgent(String agent) implements Listing {
    @Override
    public String text() {
      return CacheKey.join("tasks", "agent", agent, "newest");
    }

    @Override
    public Tag tag() {
      return Tag.of("agent", agent);
    }

    @Override
    public List<Task> from(TaskRepository tasks) {
      return tasks.findByAgent(agent, LIST);
    }

    @Override
    public Kind kind() {
      return Kind.BY_AGENT;
    }
  }

  /** The most urgent tasks that nobody holds. */
  record Pending() implements Listing {
    @Override
    public String text() {
      return "tasks:pending:urgent";
    }

    @Override
    public Tag tag() {
      return Tag.of("status", TaskStatus.PENDING.name());
    }

    @Override
    public List<Task> from(TaskRepository tasks) {
      return tasks.findPending(LIST);
    }

    @Override
    public Kind kind() {
      return Kind.PENDING;
    }
  }
}
