package dev.tiercel.task;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work: what to do, who does it, how urgent it is, and when it was made, taken and done.
 *
 * <p>An immutable value; every change returns a new record and follows the task's own rules.
 * Nothing is stored until a {@link TaskRepository} is given the record. Texts are well-formed
 * Unicode. Ids have no control characters, titles only line breaks and tabs, a description any but
 * NUL. Times lie between 1970 and 9999 and are kept to the microsecond: what is finer is cut off
 * when the record is made, so that a task read back equals the one written.
 *
 * @param id unique, not blank, at most {@value #MAX_ID_LENGTH} characters
 * @param title not blank, at most {@value #MAX_TITLE_LENGTH} characters
 * @param description at most {@value #MAX_DESCRIPTION_LENGTH} characters, or null
 * @param assignedAgentId the agent who holds it, same rules as {@code id}, or null
 * @param createdAt when it was made
 * @param assignedAt when its agent got it, or null
 * @param completedAt when it was completed, or null
 * @param priority any {@code int}, higher goes first; see {@link Priority}
 * @param updatedAt when it was last written; set by the repository
 * @param version how often it was written, 0 before the first time; the optimistic lock
 * @param lease the fencing token that the latest {@link TaskRepository#claim} drew, or 0
 * @param leaseExpiresAt when that lease runs out, or null for none
 */
public record Task(
    String id,
    String title,
    @Nullable String description,
    @Nullable String assignedAgentId,
    Instant createdAt,
    @Nullable Instant assignedAt,
    @Nullable Instant completedAt,
    int priority,
    Instant updatedAt,
    long version,
    long lease,
    @Nullable Instant leaseExpiresAt) {

  /** The longest id of a task or an agent, in UTF-16 characters. */
  public static final int MAX_ID_LENGTH = 512;

  /** The longest title, in UTF-16 characters. */
  public static final int MAX_TITLE_LENGTH = 10_000;

  /** The longest description, in UTF-16 characters. */
  public static final int MAX_DESCRIPTION_LENGTH = 1_000_000;

  /**
   * Creates a task from all its fields, as a repository does; for a new one see {@link #titled}.
   *
   * @throws InvalidValueException if a value is outside what its parameter allows
   * @throws NullPointerException if a field that must not be null is null
   */
  public Task {
    FieldRules.id("id", id);
    FieldRules.title(title);
    if (description != null) {
      FieldRules.freeText("description", description, MAX_DESCRIPTION_LENGTH);
    }
    if (assignedAgentId != null) {
      FieldRules.id("assignedAgentId", assignedAgentId);
    }
    createdAt = FieldRules.requiredTime("createdAt", createdAt);
    assignedAt = FieldRules.time("assignedAt", assignedAt);
    completedAt = FieldRules.time("completedAt", completedAt);
    updatedAt = FieldRules.requiredTime("updatedAt", updatedAt);
    leaseExpiresAt = FieldRules.time("leaseExpiresAt", leaseExpiresAt);
    FieldRules.notNegative("version", version);
    FieldRules.notNegative("lease", lease);
  }

  /**
   * A new pending task with a time-ordered UUID (RFC 9562, version 7) as its id, {@link
   * Priority#LOW}, created now.
   *
   * @param title what to do
   * @return the task, not stored yet
   * @throws InvalidValueException if the title is blank, too long or not clean text
   */
  public static Task titled(String title) {
    Instant now = Instant.now();
    return new Task(
        TaskIds.next(), title, null, null, now, null, null, Priority.LOW, now, 0, 0, null);
  }

  /**
   * Where this task stands.
   *
   * @return the status that follows from agent and completion time
   */
  public TaskStatus status() {
    if (completedAt != null) {
      return TaskStatus.COMPLETED;
    }
    return assignedAgentId == null ? TaskStatus.PENDING : TaskStatus.ASSIGNED;
  }

  /**
   * This task with an id of the caller's.
   *
   * @param newId the id
   * @return the changed copy
   * @throws InvalidValueException if the id is blank, too long or not clean text
   */
  public Task withId(String newId) {
    return new TaskChanges(this).id(newId).done();
  }

  /**
   * This task with another title.
   *
   * @param newTitle the title
   * @return the changed copy
   * @throws InvalidValueException if the title is blank, too long or not clean text
   */
  public Task withTitle(String newTitle) {
    return new TaskChanges(this).title(newTitle).done();
  }

  /**
   * This task with another description.
   *
   * @param newDescription the description, or null for none
   * @return the changed copy
   * @throws InvalidValueException if the description is too long or not clean text
   */
  public Task withDescription(@Nullable String newDescription) {
    return new TaskChanges(this).description(newDescription).done();
  }

  /**
   * This task with another priority.
   *
   * @param newPriority any {@code int}, higher goes first
   * @return the changed copy
   */
  public Task withPriority(int newPriority) {
    return new TaskChanges(this).priority(newPriority).done();
  }

  /**
   * This task with another time of creation; {@code updatedAt} follows where it would be earlier.
   *
   * @param at the time
   * @return the changed copy
   * @throws InvalidValueException if the time is before 1970 or after 9999
   */
  public Task withCreatedAt(Instant at) {
    return new TaskChanges(this).createdAt(at).done();
  }

  /**
   * This task in the hands of an agent, from now on; see {@link #assignedTo(String, Instant)}.
   *
   * @param agentId the agent
   * @return the changed copy, or this task if that agent holds it already
   * @throws TaskStateException if the task is completed
   * @throws InvalidValueException if the agent's id is blank, too long or not clean text
   */
  public Task assignedTo(String agentId) {
    return assignedTo(agentId, Instant.now());
  }

  /**
   * This task in the hands of an agent. The agent who holds it already keeps its time and lease;
   * another agent takes over, which ends the lease of the one before.
   *
   * @param agentId the agent
   * @param at since when
   * @return the changed copy, or this task if that agent holds it already
   * @throws TaskStateException if the task is completed
   * @throws InvalidValueException if the agent's id is blank, too long or not clean text
   */
  public Task assignedTo(String agentId, Instant at) {
    Objects.requireNonNull(at, "at must not be null");
    requireOpen("assigned to " + FieldRules.shown(FieldRules.id("agentId", agentId)));
    return agentId.equals(assignedAgentId) ? this : new TaskChanges(this).agent(agentId, at).done();
  }

  /**
   * This task given back: pending again, without a lease.
   *
   * @return the changed copy
   * @throws TaskStateException if the task is completed
   */
  public Task unassigned() {
    requireOpen("unassigned");
    return new TaskChanges(this).agent(null, null).done();
  }

  /**
   * This task completed now; see {@link #completed(Instant)}.
   *
   * @return the changed copy, or this task if it is completed already
   * @throws TaskStateException if nobody holds it
   */
  public Task completed() {
    return completed(Instant.now());
  }

  /**
   * This task completed. A second completion keeps the first time.
   *
   * @param at when
   * @return the changed copy, or this task if it is completed already
   * @throws TaskStateException if nobody holds it
   * @throws InvalidValueException if the time is before 1970 or after 9999
   */
  public Task completed(Instant at) {
    Objects.requireNonNull(at, "at must not be null");
    return switch (status()) {
      case COMPLETED -> this;
      case ASSIGNED -> new TaskChanges(this).completedAt(at).done();
      case PENDING ->
          throw new TaskStateException(
              "task " + id + " is PENDING and cannot be completed; assign or claim it first");
    };
  }

  private void requireOpen(String change) {
    if (completedAt != null) {
      throw new TaskStateException(
          "task " + id + " is COMPLETED since " + completedAt + " and cannot be " + change);
    }
  }
}
