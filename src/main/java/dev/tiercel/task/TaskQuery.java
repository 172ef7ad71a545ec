package dev.tiercel.task;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, in which order, and how many at a time. An immutable value with value
 * equality; every change returns a new query.
 *
 * <p>Agent, statuses and order are answered by an index whatever the number of tasks. The {@link
 * TaskFilter} is tested on each task along that path.
 *
 * @param agent whose tasks, or null for everybody's and nobody's
 * @param statuses which statuses; not empty, immutable
 * @param filter further conditions
 * @param order the order
 * @param limit how many tasks a page has at most, from 1 to {@value #MAX_LIMIT}
 * @param cursor where the page starts, or null for the first page
 * @param withTotal whether the page says how many tasks there are in all, which costs a count
 */
public record TaskQuery(
    @Nullable String agent,
    Set<TaskStatus> statuses,
    TaskFilter filter,
    TaskOrder order,
    int limit,
    @Nullable Cursor cursor,
    boolean withTotal) {

  /** The size of a page unless {@link #limit(int)} says another. */
  public static final int DEFAULT_LIMIT = 100;

  /** The largest page; {@link TaskRepository#stream} goes through any number. */
  public static final int MAX_LIMIT = 100_000;

  private static final Set<TaskStatus> ANY = Set.of(TaskStatus.values());

  /**
   * Creates a query from all its parts; usually the factories and the methods below read better.
   *
   * @throws InvalidValueException if the agent's id is not valid, no status is left, the limit is
   *     out of its range, or the cursor belongs to another query
   */
  public TaskQuery {
    if (agent != null) {
      FieldRules.id("agent", agent);
    }
    statuses = Set.copyOf(statuses);
    if (statuses.isEmpty()) {
      throw new InvalidValueException("no status is left to look for; name at least one");
    }
    Objects.requireNonNull(filter, "filter must not be null");
    Objects.requireNonNull(order, "order must not be null");
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new InvalidValueException(
          "limit is %d, it must be from 1 to %d; page on with the cursor, or use stream"
              .formatted(limit, MAX_LIMIT));
    }
    if (cursor != null) {
      cursor.requireOf(new TaskQuery(agent, statuses, filter, order, limit, null, false));
    }
  }

  /**
   * Every task, {@linkplain TaskOrder#NEWEST_FIRST newest first}.
   *
   * @return the query
   */
  public static TaskQuery all() {
    return new TaskQuery(
        null, ANY, TaskFilter.NONE, TaskOrder.NEWEST_FIRST, DEFAULT_LIMIT, null, false);
  }

  /**
   * The tasks of one agent, completed or not, {@linkplain TaskOrder#NEWEST_FIRST newest first}.
   *
   * @param agentId the agent
   * @return the query
   * @throws InvalidValueException if the id is blank, too long or not clean text
   */
  public static TaskQuery forAgent(String agentId) {
    Objects.requireNonNull(agentId, "agentId must not be null");
    return new TaskQuery(
        agentId, ANY, TaskFilter.NONE, TaskOrder.NEWEST_FIRST, DEFAULT_LIMIT, null, false);
  }

  /**
   * The tasks that nobody holds, {@linkplain TaskOrder#URGENT_FIRST most urgent first}.
   *
   * @return the query
   */
  public static TaskQuery pending() {
    return all().withStatus(TaskStatus.PENDING).order(TaskOrder.URGENT_FIRST);
  }

  /**
   * Narrows to these statuses.
   *
   * @param first a status
   * @param more further statuses
   * @return the changed query, at its first page
   */
  public TaskQuery withStatus(TaskStatus first, TaskStatus... more) {
    return new TaskQuery(agent, EnumSet.of(first, more), filter, order, limit, null, withTotal);
  }

  /**
   * Narrows to what is not completed.
   *
   * @return the changed query, at its first page
   */
  public TaskQuery open() {
    return withStatus(TaskStatus.PENDING, TaskStatus.ASSIGNED);
  }

  /**
   * Narrows by further conditions; those set before are replaced.
   *
   * @param conditions the conditions
   * @return the changed query, at its first page
   */
  public TaskQuery where(TaskFilter conditions) {
    return new TaskQuery(agent, statuses, conditions, order, limit, null, withTotal);
  }

  /**
   * Narrows to tasks created in a range of time; the other conditions stay.
   *
   * @param from the earliest time, inclusive
   * @param before the time that is too late, exclusive
   * @return the changed query, at its first page
   * @throws InvalidValueException if a time is out of range or the range is empty
   */
  public TaskQuery created(Instant from, Instant before) {
    return where(filter.created(from, before));
  }

  /**
   * Lists in another order.
   *
   * @param other the order
   * @return the changed query, at its first page
   */
  public TaskQuery order(TaskOrder other) {
    return new TaskQuery(agent, statuses, filter, other, limit, null, withTotal);
  }

  /**
   * Sets the size of a page.
   *
   * @param most how many tasks at most, from 1 to {@value #MAX_LIMIT}
   * @return the changed query, at the same place
   * @throws InvalidValueException if the number is out of that range
   */
  public TaskQuery limit(int most) {
    return new TaskQuery(agent, statuses, filter, order, most, cursor, withTotal);
  }

  /**
   * Starts the page at a cursor that a page of this query handed out.
   *
   * @param place the cursor
   * @return the changed query
   * @throws InvalidValueException if the cursor belongs to another query or was altered
   */
  public TaskQuery at(Cursor place) {
    Objects.requireNonNull(place, "place must not be null");
    return new TaskQuery(agent, statuses, filter, order, limit, place, withTotal);
  }

  /**
   * Asks for the number of tasks in all, beside the page.
   *
   * @return the changed query, at the same place
   */
  public TaskQuery counted() {
    return new TaskQuery(agent, statuses, filter, order, limit, cursor, true);
  }

  /**
   * Whether a task is in the listing, whatever the page.
   *
   * @param task the task
   * @return whether agent, status and filter match
   */
  public boolean matches(Task task) {
    return (agent == null || agent.equals(task.assignedAgentId()))
        && statuses.contains(task.status())
        && filter.matches(task);
  }

  /** What makes this listing this one, whatever the page; two listings never give the same text. */
  String listing() {
    return order
        + "|"
        + EnumSet.copyOf(statuses)
        + "|"
        + filter.createdFrom()
        + "|"
        + filter.createdBefore()
        + "|"
        + filter.minPriority()
        + "|"
        + marked(agent)
        + marked(filter.text());
  }

  /* With its length, so that no text can pass for the end of it and the start of another. */
  private static String marked(@Nullable String text) {
    return text == null ? "-" : text.length() + ":" + text;
  }
}
