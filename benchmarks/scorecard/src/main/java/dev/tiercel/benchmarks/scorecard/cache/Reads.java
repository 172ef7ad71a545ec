package dev.tiercel.benchmarks.scorecard.cache;

import java.util.List;
import java.util.Random;

/** Draws what is asked for; used by one thread. */
final class Reads {
  private static final int BY_ID = 70;
  private static final int BY_AGENT = 20;

  private final Team team;
  private final Random random;

  Reads(Team team, Random random) {
    this.team = team;
    this.random = random;
  }

  /** Anything: 70 % by id, 20 % by agent, 10 % pending. */
  Read any() {
    int kind = random.nextInt(100);
    if (kind < BY_ID) {
      return byId();
    }
    return kind < BY_ID + BY_AGENT ? new Read.ByAgent(team.agent(random)) : new Read.Pending();
  }

  Read byId() {
    return new Read.ById(team.rows().get(team.popular(random)).id());
  }

  /** What a web page shows: an agent's newest tasks of how many, and what there is to do. */
  List<Request> page() {
    String agent = team.agent(random);
    return List.of(new Read.ByAgent(agent), new Request.Count(agent), new Read.Pending());
  }
}
