package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.task.Task;
import dev.tiercel.task.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What an application asks for and writes, one after the other, the same at every run.
 *
 * <p>95 % are reads: 70 % of them by id, 20 % by agent, 10 % pending. Of the writes, two retitle
 * for one each that adds, assigns and completes: in its life a task is added, assigned and
 * completed once, and edited twice. Edited is what is read: by the same popularity. Assigned is one
 * of the most urgent, to an agent by the same popularity; completed is any assigned task.
 */
final class Trace {
  private static final long SEED = 11;
  private static final int READS = 95;
  private static final int BY_ID = 70;
  private static final int BY_AGENT = 20;
  private static final int RETITLED = 40;
  private static final int ASSIGNED = 20;
  private static final int COMPLETED = 20;
  private static final int PRIORITIES = 5;
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final Random random = new Random(SEED);
  private final Zipf popularity = new Zipf(Team.TASKS, random);
  private final Team team;
  private final Board board;
  private final List<String> ids = new ArrayList<>();
  private final List<String> assigned = new ArrayList<>();
  private final List<Operation> operations = new ArrayList<>();

  private Trace(Team team) {
    this.team = team;
    team.tasks().forEach(this::known);
    board = new Board(team.tasks().map(Row::of));
  }

  private void known(Task task) {
    ids.add(task.id());
    if (task.status() == TaskStatus.ASSIGNED) {
      assigned.add(task.id());
    }
  }

  static List<Operation> of(Team team, int length) {
    Trace trace = new Trace(team);
    for (int i = 0; i < length; i++) {
      trace.operations.add(trace.random.nextInt(100) < READS ? trace.read() : trace.write());
    }
    return List.copyOf(trace.operations);
  }

  private Read read() {
    int kind = random.nextInt(100);
    if (kind < BY_ID) {
      return new Read.ById(popular());
    }
    return kind < BY_ID + BY_AGENT ? new Read.ByAgent(team.any(random)) : new Read.Pending();
  }

  private Write write() {
    Write write = any();
    board.apply(write);
    return write;
  }

  private Write any() {
    Instant now = NOW.plusSeconds(operations.size());
    int kind = random.nextInt(100);
    if (kind < RETITLED) {
      return new Write.Retitle(popular(), "Retitled at " + now);
    }
    if (kind < RETITLED + ASSIGNED) {
      List<String> urgent = board.ids(new Read.Pending());
      if (!urgent.isEmpty()) {
        String id = urgent.get(random.nextInt(urgent.size()));
        assigned.add(id);
        return new Write.Assign(id, team.any(random), now);
      }
    } else if (kind < RETITLED + ASSIGNED + COMPLETED && !assigned.isEmpty()) {
      int place = random.nextInt(assigned.size());
      String id = assigned.set(place, assigned.get(assigned.size() - 1));
      assigned.remove(assigned.size() - 1);
      return new Write.Complete(id, now);
    }
    int priority = 1 + random.nextInt(PRIORITIES);
    return new Write.Add(new Row("added-" + operations.size(), null, priority, now));
  }

  private String popular() {
    return ids.get(popularity.next(random));
  }
}
