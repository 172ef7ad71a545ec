package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.benchmarks.scorecard.Side;
import dev.tiercel.task.Task;
import java.util.List;

/** What an application reads most. */
sealed interface Read extends Operation, Request {
  /** How long the lists are. */
  int LIST = 50;

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
    public Task from(Side side) {
      return side.findById(id).orElseThrow();
    }

    @Override
    public Kind kind() {
      return Kind.BY_ID;
    }
  }

  /** Tasks. */
  sealed interface Listing extends Read {
    @Override
    List<Task> from(Side side);
  }

  /** The newest tasks of an agent. */
  record ByAgent(String agent) implements Listing {
    @Override
    public List<Task> from(Side side) {
      return side.findByAgent(agent, LIST);
    }

    @Override
    public Kind kind() {
      return Kind.BY_AGENT;
    }
  }

  /** The most urgent tasks that nobody holds. */
  record Pending() implements Listing {
    @Override
    public List<Task> from(Side side) {
      return side.findPending(LIST);
    }

    @Override
    public Kind kind() {
      return Kind.PENDING;
    }
  }
}
