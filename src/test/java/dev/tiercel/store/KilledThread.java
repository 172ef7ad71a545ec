package dev.tiercel.store;

import dev.tiercel.task.RepositoryClosedException;
import dev.tiercel.task.Task;
import dev.tiercel.task.TaskRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One thread of {@link KilledWriter}: writes tasks that nobody else writes, so that it can foretell
 * each of them, says before each write what it will leave behind and afterwards that it is done.
 */
final class KilledThread implements Runnable {
  private static final int BATCH = 12;

  /** Its commit is long enough to be met by a kill while it writes the log. */
  private static final int LONG_BATCH = 200;

  private final int thread;
  private final Random random;
  private final TaskRepository tasks;
  private final OwnedTasks owned;

  KilledThread(int thread, Random random, TaskRepository tasks, OwnedTasks owned) {
    this.thread = thread;
    this.random = random;
    this.tasks = tasks;
    this.owned = owned;
  }

  @Override
  public void run() {
    try {
      while (true) {
        step();
      }
    } catch (RepositoryClosedException e) {
      // The end; a write that was under way has said so.
    }
  }

  private void step() {
    boolean crowded = owned.isCrowded();
    switch (random.nextInt(crowded ? 13 : 10)) {
      case 0 -> add();
      case 1 -> addAll();
      case 2 -> save();
      case 3 -> saveAll();
      case 4 -> claim();
      case 5 -> claimAndComplete();
      case 6 -> complete();
      case 7 -> release();
      case 8 -> several();
      case 9 -> abandon();
      case 10 -> deleteSeveral();
      default -> pruneOrDelete();
    }
  }

  private void add() {
    Task task = owned.fresh();
    write("add", List.of(owned.stored(task)), List.of(), () -> List.of(tasks.add(task)));
  }

  private void addAll() {
    List<Task> batch = Stream.generate(owned::fresh).limit(size()).toList();
    write("addAll", owned.stored(batch), List.of(), () -> tasks.addAll(batch).orThrow());
  }

  private int size() {
    return random.nextInt(20) == 0 ? LONG_BATCH : 1 + random.nextInt(BATCH);
  }

  private void save() {
    owned
        .changed(1)
        .forEach(
            task ->
                write(
                    "save",
                    List.of(owned.stored(task)),
                    List.of(),
                    () -> List.of(tasks.save(task))));
  }

  private void saveAll() {
    List<Task> batch = owned.changed(size());
    write("saveAll", owned.stored(batch), List.of(), () -> tasks.saveAll(batch).orThrow());
  }

  private void claim() {
    int n = 1 + random.nextInt(5);
    Duration lease = Duration.ofHours(1 + random.nextInt(72));
    write(
        "claim",
        owned.next(n).stream().map(task -> owned.claimed(task, lease)).toList(),
        List.of(),
        () -> tasks.claim(owned.agent(), n, lease, RevisedTask.ownedBy(thread)));
  }

  private void claimAndComplete() {
    Duration lease = Duration.ofHours(1);
    write(
        "claim-and-complete",
        owned.next(2).stream()
            .map(task -> owned.claimed(task, lease))
            .map(task -> owned.completed(task))
            .toList(),
        List.of(),
        () ->
            tasks.inTransaction(
                tx ->
                    tx.claim(owned.agent(), 2, lease, RevisedTask.ownedBy(thread)).stream()
                        .map(task -> tx.complete(task.id(), task.lease()))
                        .toList()));
  }

  private void complete() {
    owned
        .any(1, OwnedTasks::isLeased)
        .forEach(
            task ->
                write(
                    "complete",
                    List.of(owned.completed(task)),
                    List.of(),
                    () -> List.of(tasks.complete(task.id(), task.lease()))));
  }

  private void release() {
    owned
        .any(1, OwnedTasks::isLeased)
        .forEach(
            task ->
                write(
                    "release",
                    List.of(owned.stored(task.unassigned())),
                    List.of(),
                    () -> List.of(tasks.release(task.id(), task.lease()))));
  }

  private void several() {
    List<Task> chosen = owned.any(4, task -> true);
    List<Task> changed = chosen.stream().skip(1).map(owned::changed).toList();
    List<String> gone = chosen.stream().limit(1).map(Task::id).toList();
    List<Task> added = List.of(owned.fresh(), owned.fresh());
    write(
        "inTransaction",
        Stream.of(added, changed).flatMap(List::stream).map(owned::stored).toList(),
        gone,
        () ->
            tasks.inTransaction(
                tx -> {
                  List<Task> written = new ArrayList<>();
                  added.forEach(task -> written.add(tx.add(task)));
                  changed.forEach(task -> written.add(tx.save(task)));
                  gone.forEach(id -> requireDeleted(tx, id));
                  return written;
                }));
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** A transaction that throws: it leaves nothing behind, so it announces nothing. */
  private void abandon() {
    try {
      tasks.inTransaction(
          tx -> {
            tx.add(owned.fresh());
            owned.changed(2).forEach(tx::save);
            owned.any(1, task -> true).forEach(task -> requireDeleted(tx, task.id()));
            throw new Abandoned();
          });
    } catch (Abandoned e) {
      // As it was meant.
    }
  }

  private void deleteSeveral() {
    List<String> gone = owned.surplus().stream().map(Task::id).toList();
    write(
        "delete-several",
        List.of(),
        gone,
        () ->
            tasks.inTransaction(
                tx -> {
                  gone.forEach(id -> requireDeleted(tx, id));
                  return List.of();
                }));
  }

  private void delete(String id) {
    write(
        "delete",
        List.of(),
        List.of(id),
        () -> {
          requireDeleted(tasks, id);
          return List.of();
        });
  }

  private static void requireDeleted(TaskRepository from, String id) {
    if (!from.delete(id)) {
      throw new IllegalStateException("task " + id + " was not there to be deleted");
    }
  }

  private void pruneOrDelete() {
    List<String> gone = owned.prunable();
    if (gone.isEmpty()) {
      owned.any(1, task -> true).forEach(task -> delete(task.id()));
      return;
    }
    write(
        "prune",
        List.of(),
        gone,
        () -> {
          long pruned = tasks.prune(OwnedTasks.PRUNED_BEFORE, TaskRepository.MAX_BATCH);
          if (pruned != gone.size()) {
            throw new IllegalStateException("pruned " + pruned + " and not " + gone);
          }
          return List.of();
        });
  }

  private void write(
      String kind, List<Task> stored, List<String> deleted, Supplier<List<Task>> work) {
    KillStep step = KillStep.of(thread, kind, kind.startsWith("claim"), stored, deleted);
    if (step.after().isEmpty()) {
      return;
    }
    say(KilledWriter.INTENDED, step.line());
    List<Task> written;
    try {
      written = work.get();
    } catch (RepositoryClosedException e) {
      say(KilledWriter.REFUSED, Integer.toString(thread));
      throw e;
    }
    long lease = step.drawsLease() && !written.isEmpty() ? written.get(0).lease() : 0;
    KillStep done = step.under(lease);
    if (!done.equals(KillStep.of(thread, kind, step.drawsLease(), written, deleted))) {
      throw new IllegalStateException(
          "wrote " + written.stream().map(RevisedTask::shown).toList() + " and not " + done.line());
    }
    say(KilledWriter.ACKNOWLEDGED, Integer.toString(thread), Long.toString(lease));
    owned.take(done);
  }

  private static void say(String... words) {
    try {
      KilledWriter.say(words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
