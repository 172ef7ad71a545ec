package dev.tiercel.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes, keeps and ends leases in a draft.
 *
 * @param draft what the write works on
 */
record InMemoryLeases(InMemoryDraft draft) {
  private static final Comparator<Task> URGENT = TaskOrder.URGENT_FIRST.comparator();

  private static final Comparator<Task> LONGEST_OVERDUE =
      Comparator.comparing((Task task) -> Objects.requireNonNull(task.leaseExpiresAt()))
          .thenComparing(task -> task.withCreatedAt(Instant.EPOCH).withPriority(0), URGENT);

  List<Task> claim(String agent, int n, Duration lease, TaskFilter filter) {
    List<Task> open = draft.state().tasks().values().stream().filter(filter::matches).toList();
    List<Task> chosen =
        Stream.concat(
                open.stream().filter(this::isOverdue).sorted(LONGEST_OVERDUE),
                open.stream()
                    .filter(task -> task.status() == TaskStatus.PENDING)
                    .filter(Predicate.not(this::isOverdue))
                    .sorted(URGENT))
            .limit(n)
            .toList();
    long number = draft.nextLease();
    Instant now = draft.now();
    return chosen.stream()
        .map(task -> held(task, agent, now, null, number, now.plus(lease)))
        .map(draft::put)
        .sorted(URGENT)
        .toList();
  }

  private boolean isOverdue(Task task) {
    Instant expires = task.leaseExpiresAt();
    return task.completedAt() == null && expires != null && !expires.isAfter(draft.now());
  }

  Task renew(String id, long lease, Duration duration) {
    Task task = openUnder(id, lease);
    return draft.put(
        held(
            task,
            task.assignedAgentId(),
            task.assignedAt(),
            null,
            lease,
            draft.now().plus(duration)));
  }

  Task complete(String id, long lease) {
    Task task = under(id, lease);
    return task.completedAt() != null
        ? task
        : draft.put(
            held(task, task.assignedAgentId(), task.assignedAt(), draft.now(), lease, null));
  }

  Task release(String id, long lease) {
    return draft.put(held(openUnder(id, lease), null, null, null, 0, null));
  }

  private Task held(
      Task task,
      @Nullable String agent,
      @Nullable Instant assignedAt,
      @Nullable Instant completedAt,
      long lease,
      @Nullable Instant leaseExpiresAt) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        agent,
        task.createdAt(),
        assignedAt,
        completedAt,
        task.priority(),
        draft.now(),
        task.version() + 1,
        lease,
        leaseExpiresAt);
  }

  private Task under(String id, long lease) {
    Task task = draft.get(id);
    if (task == null) {
      throw new StaleTaskException("task " + id + " does not exist any more");
    }
    if (task.lease() != lease) {
      throw new StaleTaskException(
          "task %s is %s and no longer under lease %d; its lease is %d, its agent %s"
              .formatted(id, task.status(), lease, task.lease(), task.assignedAgentId()));
    }
    return task;
  }

  private Task openUnder(String id, long lease) {
    Task task = under(id, lease);
    if (task.completedAt() != null) {
      throw new StaleTaskException("task " + id + " is completed since " + task.completedAt());
    }
    return task;
  }
}
