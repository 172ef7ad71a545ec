package dev.tiercel.powerloss;

import dev.tiercel.task.Priority;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Writes tasks that nobody else writes, and says before each write what its tasks will sum up to,
 * and afterwards that it is acknowledged. Each write changes the sum to one that never was.
 */
final class TaskWriter {
  static final int AGENTS = 3;
  private static final int MANY = 24;
  private static final int LONG = 30_000;

  private final int number;
  private final String session;
  private final Random random;
  private final TaskRepository tasks;
  private final Notes notes;
  private final Map<String, Task> own = new TreeMap<>();
  private int serial;

  TaskWriter(
      int number,
      String session,
      Random random,
      TaskRepository tasks,
      Notes notes,
      List<Task> found) {
    this.number = number;
    this.session = session;
    this.random = random;
    this.tasks = tasks;
    this.notes = notes;
    found.forEach(task -> own.put(task.id(), task));
  }

  void run(int writes) {
    for (int i = 0; i < writes; i++) {
      step();
    }
  }

  private void step() {
    if (own.size() < 2) {
      add(1);
      return;
    }
    switch (random.nextInt(own.size() < MANY ? 8 : 5)) {
      case 0, 1, 2 -> save(1);
      case 3 -> save(1 + random.nextInt(6));
      case 4 -> replace();
      case 5, 6 -> add(1);
      default -> add(2 + random.nextInt(5));
    }
  }

  private void add(int count) {
    List<Task> fresh = Stream.generate(this::fresh).limit(count).toList();
    write(
        fresh,
        List.of(),
        () -> count == 1 ? List.of(tasks.add(fresh.get(0))) : tasks.addAll(fresh).orThrow());
  }

  private void save(int count) {
    List<Task> changed = some(count).stream().map(this::changed).toList();
    write(
        changed,
        List.of(),
        () ->
            changed.size() == 1
                ? List.of(tasks.save(changed.get(0)))
                : tasks.saveAll(changed).orThrow());
  }

  /** Some go, some change and one comes, in one transaction. */
  private void replace() {
    List<Task> chosen = some(3);
    int gone = own.size() < MANY ? 1 : chosen.size() - 1;
    List<Task> deleted = chosen.subList(0, gone);
    List<Task> saved = chosen.stream().skip(gone).map(this::changed).toList();
    Task added = fresh();
    List<Task> written = new ArrayList<>(saved);
    written.add(added);
    write(
        written,
        deleted,
        () ->
            tasks.inTransaction(
                tx -> {
                  deleted.forEach(task -> tx.delete(task.id()));
                  List<Task> stored = new ArrayList<>();
                  saved.forEach(task -> stored.add(tx.save(task)));
                  stored.add(tx.add(added));
                  return stored;
                }));
  }

  private void write(List<Task> written, List<Task> deleted, Supplier<List<Task>> work) {
    Map<String, Task> after = new TreeMap<>(own);
    deleted.forEach(task -> after.remove(task.id()));
    written.forEach(task -> after.put(task.id(), task));
    notes.say("begin " + number + " " + sum(after));
    work.get().forEach(task -> after.put(task.id(), task));
    notes.say("done " + number);
    own.clear();
    own.putAll(after);
  }

  private long sum(Map<String, Task> of) {
    Rows rows = new Rows();
    of.values().forEach(rows::add);
    return rows.sum(number);
  }

  private List<Task> some(int count) {
    List<Task> all = new ArrayList<>(own.values());
    Collections.shuffle(all, random);
    return all.subList(0, Math.min(count, all.size()));
  }

  private Task fresh() {
    serial++;
    return changed(
        Task.titled("new")
            .withId("%d-%s-%d".formatted(number, session, serial))
            .withCreatedAt(Instant.now()));
  }

  /** Never as it was: the title is drawn anew. */
  private Task changed(Task task) {
    Task changed =
        task.withTitle("%016x".formatted(random.nextLong()))
            .withPriority(Priority.LOW + random.nextInt(Priority.CRITICAL));
    switch (random.nextInt(30)) {
      case 0 -> changed = changed.withDescription(text(random.nextInt(LONG)));
      case 1, 2, 3, 4, 5, 6 -> changed = changed.withDescription(text(random.nextInt(500)));
      case 7, 8, 9, 10, 11 -> changed = changed.withDescription(null);
      default -> {}
    }
    if (random.nextInt(3) == 0) {
      changed =
          changed.assignedAgentId() != null
              ? changed.unassigned()
              : changed.assignedTo("agent-" + random.nextInt(AGENTS));
    }
    return changed;
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }
}
