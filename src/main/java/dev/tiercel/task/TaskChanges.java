package dev.tiercel.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A task taken apart, so that one field can be changed without naming the other eleven. */
final class TaskChanges {
  private final Task from;
  private String id;
  private String title;
  private @Nullable String description;
  private @Nullable String agent;
  private Instant createdAt;
  private @Nullable Instant assignedAt;
  private @Nullable Instant completedAt;
  private int priority;
  private long lease;
  private @Nullable Instant leaseExpiresAt;

  TaskChanges(Task from) {
    this.from = from;
    id = from.id();
    title = from.title();
    description = from.description();
    agent = from.assignedAgentId();
    createdAt = from.createdAt();
    assignedAt = from.assignedAt();
    completedAt = from.completedAt();
    priority = from.priority();
    lease = from.lease();
    leaseExpiresAt = from.leaseExpiresAt();
  }

  TaskChanges id(String value) {
    id = value;
    return this;
  }

  TaskChanges title(String value) {
    title = value;
    return this;
  }

  TaskChanges description(@Nullable String value) {
    description = value;
    return this;
  }

  TaskChanges priority(int value) {
    priority = value;
    return this;
  }

  TaskChanges createdAt(Instant value) {
    createdAt = value;
    return this;
  }

  /** A change of hands ends the lease: its number must not fence for the next holder. */
  TaskChanges agent(@Nullable String value, @Nullable Instant at) {
    agent = value;
    assignedAt = at;
    lease = 0;
    leaseExpiresAt = null;
    return this;
  }

  /**
   * The lease's number stays, so that its holder may say "completed" twice; it no longer expires.
   */
  TaskChanges completedAt(Instant value) {
    completedAt = value;
    leaseExpiresAt = null;
    return this;
  }

  Task done() {
    Instant updatedAt = from.updatedAt().isBefore(createdAt) ? createdAt : from.updatedAt();
    return new Task(
        id,
        title,
        description,
        agent,
        createdAt,
        assignedAt,
        completedAt,
        priority,
        updatedAt,
        from.version(),
        lease,
        leaseExpiresAt);
  }
}
