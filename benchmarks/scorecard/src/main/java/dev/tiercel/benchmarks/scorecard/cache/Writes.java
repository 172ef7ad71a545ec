package dev.tiercel.benchmarks.scorecard.cache;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;

/**
 * Draws what is written, such that each write is possible after those before it; used by one
 * thread.
 *
 * <p>Two retitle for one each that adds, assigns and completes: in its life a task is added,
 * assigned and completed once, and edited twice. Edited is what is read: by the same popularity.
 * Assigned is one of the most urgent, to an agent by the same popularity; completed is any assigned
 * task.
 */
final class Writes {
  private static final int RETITLED = 40;
  private static final int ASSIGNED = 20;
  private static final int COMPLETED = 20;
  private static final int PRIORITIES = 5;
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final Team team;
  private final Random random;
  private final int share;
  private final int shares;
  private final List<String> assigned = new ArrayList<>();
  private final NavigableSet<Row> pending = new TreeSet<>(Row.URGENT_FIRST);
  private int drawn;

  /**
   * Begins with the tasks as they are at first.
   *
   * @param share from 0; writers of different shares write different tasks
   * @param shares how many there are
   */
  Writes(Team team, Random random, int share, int shares) {
    this.team = team;
    this.random = random;
    this.share = share;
    this.shares = shares;
    for (int i = share; i < Team.TASKS; i += shares) {
      Row row = team.rows().get(i);
      if (row.agent() == null) {
        pending.add(row);
      } else if (!row.completed()) {
        assigned.add(row.id());
      }
    }
  }

  Write next() {
    Instant now = START.plusSeconds(drawn++);
    int kind = random.nextInt(100);
    if (kind < RETITLED) {
      return new Write.Retitle(popular(), "Retitled at " + now);
    }
    if (kind < RETITLED + ASSIGNED && !pending.isEmpty()) {
      return assign(now);
    }
    boolean completes = kind >= RETITLED + ASSIGNED && kind < RETITLED + ASSIGNED + COMPLETED;
    return completes && !assigned.isEmpty() ? complete(now) : add(now);
  }

  private String popular() {
    int place = team.popular(random);
    while (place % shares != share) {
      place = team.popular(random);
    }
    return team.rows().get(place).id();
  }

  private Write assign(Instant now) {
    int place = random.nextInt(Math.min(Read.LIST, pending.size()));
    Row row = pending.stream().skip(place).findFirst().orElseThrow();
    pending.remove(row);
    assigned.add(row.id());
    return new Write.Assign(row.id(), team.agent(random), now);
  }

  private Write complete(Instant now) {
    int place = random.nextInt(assigned.size());
    String id = assigned.set(place, assigned.get(assigned.size() - 1));
    assigned.remove(assigned.size() - 1);
    return new Write.Complete(id, now);
  }

  private Write add(Instant now) {
    String id = "added-" + share + "-" + drawn;
    Row row = new Row(id, null, 1 + random.nextInt(PRIORITIES), now, false);
    pending.add(row);
    return new Write.Add(row);
  }
}
