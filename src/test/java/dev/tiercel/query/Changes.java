package dev.tiercel.query;

import static dev.tiercel.query.Shapes.MINUTE;
import static dev.tiercel.query.Shapes.START;
import static dev.tiercel.query.Shapes.URGENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tiercel.task.DuplicateTaskException;
import dev.tiercel.task.ManualClock;
import dev.tiercel.task.StaleTaskException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskFilter;
import dev.tiercel.task.TaskRepository;
import java.util.List;
import java.util.function.BiConsumer;

/** Every kind of write, and some that change nothing. */
enum Changes {
  ADD_PENDING((tasks, clock) -> tasks.add(task("new-pending", 9))),
  ADD_ASSIGNED((tasks, clock) -> tasks.add(task("new-1", 9).assignedTo("a", START))),
  ADD_TO_A_NEW_AGENT((tasks, clock) -> tasks.add(task("new-1", 9).assignedTo("c", START))),
  ADD_COMPLETED((tasks, clock) -> tasks.add(task("new-1", 9).assignedTo("b").completed(START))),
  ADD_BY_SAVE((tasks, clock) -> tasks.save(task("new-pending", 9))),
  ADD_ALL((tasks, clock) -> tasks.addAll(List.of(task("new-1", 1), task("held", 1)))),
  RETITLE_PENDING((tasks, clock) -> tasks.save(one(tasks, "waiting").withTitle("other"))),
  RETITLE_ASSIGNED((tasks, clock) -> tasks.save(one(tasks, "held").withTitle("other"))),
  RETITLE_COMPLETED((tasks, clock) -> tasks.save(one(tasks, "done").withTitle("other"))),
  HAND_OVER((tasks, clock) -> tasks.save(one(tasks, "held").assignedTo("b", START))),
  HAND_TO_A_NEW_AGENT((tasks, clock) -> tasks.save(one(tasks, "held").assignedTo("c", START))),
  ASSIGN((tasks, clock) -> tasks.save(one(tasks, "waiting").assignedTo("b", START))),
  UNASSIGN((tasks, clock) -> tasks.save(one(tasks, "held").unassigned())),
  COMPLETE_BY_SAVE((tasks, clock) -> tasks.save(one(tasks, "held").completed(START))),
  MORE_URGENT((tasks, clock) -> tasks.save(one(tasks, "other").withPriority(99))),
  SAVE_ALL(
      (tasks, clock) ->
          tasks.saveAll(List.of(one(tasks, "held").withTitle("x"), task("waiting", 1)))),
  CLAIM_PENDING((tasks, clock) -> assertEquals(1, tasks.claim("b", 1, MINUTE, URGENT).size())),
  CLAIM_OVERDUE(
      (tasks, clock) -> {
        clock.advance(MINUTE.multipliedBy(9));
        assertEquals("leased", tasks.claim("b", 1, MINUTE).get(0).id());
      }),
  RENEW((tasks, clock) -> tasks.renewLease("leased", lease(tasks), MINUTE)),
  COMPLETE((tasks, clock) -> tasks.complete("leased", lease(tasks))),
  RELEASE((tasks, clock) -> tasks.release("leased", lease(tasks))),
  DELETE_PENDING((tasks, clock) -> tasks.delete("waiting")),
  DELETE_ASSIGNED((tasks, clock) -> tasks.delete("held")),
  PRUNE((tasks, clock) -> assertEquals(1, tasks.prune(START.plusSeconds(1), 10))),
  TRANSACTION(
      (tasks, clock) ->
          tasks.<Boolean>inTransaction(
              tx -> {
                tx.save(one(tx, "held").assignedTo("b", START));
                return tx.delete("done");
              })),
  UNDONE_IN_PART(
      (tasks, clock) ->
          tasks.<Task>inTransaction(
              tx -> {
                assertThrows(
                    ArithmeticException.class, () -> tx.<Integer>inTransaction(Changes::failing));
                return tx.save(one(tx, "other").withTitle("other"));
              })),
  UNDONE(
      (tasks, clock) ->
          assertThrows(
              ArithmeticException.class, () -> tasks.<Integer>inTransaction(Changes::failing))),
  REFUSED(
      (tasks, clock) -> {
        assertThrows(DuplicateTaskException.class, () -> tasks.add(task("held", 1)));
        assertThrows(StaleTaskException.class, () -> tasks.save(task("held", 1)));
        Task old = one(tasks, "held");
        Task gone = task("gone", 1);
        assertThrows(StaleTaskException.class, () -> tasks.save(version(old, 7)));
        assertThrows(StaleTaskException.class, () -> tasks.save(version(gone, 7)));
        assertThrows(StaleTaskException.class, () -> tasks.complete("held", 77));
        assertThrows(StaleTaskException.class, () -> tasks.release("held", 77));
        assertEquals(1, tasks.addAll(List.of(task("held", 1))).refused().size());
        assertEquals(1, tasks.saveAll(List.of(version(gone, 7))).refused().size());
      }),
  NOTHING(
      (tasks, clock) -> {
        assertEquals(false, tasks.delete("no-1"));
        assertEquals(0, tasks.prune(START.minusSeconds(9), 10));
        assertEquals(List.of(), tasks.claim("b", 1, MINUTE, TaskFilter.NONE.atLeast(1_000)));
      });

  static final List<String> IDS =
      List.of("waiting", "held", "other", "done", "leased", "new-pending", "new-1", "no-1");

  @SuppressWarnings("ImmutableEnumChecker") // None of them holds state.
  private final BiConsumer<TaskRepository, ManualClock> change;

  Changes(BiConsumer<TaskRepository, ManualClock> change) {
    this.change = change;
  }

  void make(TaskRepository tasks, ManualClock clock) {
    change.accept(tasks, clock);
  }

  /** The tasks that the writes change: some of two agents, of nobody, and one under a lease. */
  static void prepare(TaskRepository tasks) {
    tasks.add(task("leased", 8));
    tasks.claim("a", 1, MINUTE);
    tasks.add(task("waiting", 5));
    tasks.add(task("waiting-2", 1));
    tasks.add(task("held", 2).assignedTo("a", START));
    tasks.add(task("other", 3).assignedTo("b", START));
    tasks.add(task("done", 4).assignedTo("a", START).completed(START));
  }

  private static int failing(TaskRepository tx) {
    tx.add(task("new-pending", 3));
    tx.save(one(tx, "held").assignedTo("b", START));
    tx.delete("done");
    throw new ArithmeticException("on purpose");
  }

  private static Task task(String id, int priority) {
    return Task.titled("Write the report")
        .withId(id)
        .withPriority(priority)
        .withCreatedAt(START.plusSeconds(id.length()));
  }

  private static Task one(TaskRepository tasks, String id) {
    return tasks.findById(id).orElseThrow();
  }

  private static long lease(TaskRepository tasks) {
    return one(tasks, "leased").lease();
  }

  private static Task version(Task task, long version) {
    return new Task(
        task.id(),
        task.title(),
        task.description(),
        task.assignedAgentId(),
        task.createdAt(),
        task.assignedAt(),
        task.completedAt(),
        task.priority(),
        task.updatedAt(),
        version,
        task.lease(),
        task.leaseExpiresAt());
  }
}
