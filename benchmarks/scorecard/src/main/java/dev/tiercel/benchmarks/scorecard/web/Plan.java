package dev.tiercel.benchmarks.scorecard.web;

import java.util.List;

/**
 * How long it is measured.
 *
 * @param connections the numbers of connections, one after the other
 * @param rounds of each server in turn, for each of them
 * @param warmUpMillis before the first round, for each server
 * @param settleMillis at the beginning of each round, before it counts
 * @param millis that a round counts
 */
record Plan(List<Integer> connections, int rounds, int warmUpMillis, int settleMillis, int millis) {
  /** The most connections, at which the naive server has more to do than it can. */
  static final int MOST = 64;

  static final int SOME = 16;

  /** About a minute and a half. */
  static final Plan WHOLE = new Plan(List.of(1, SOME, MOST), 3, 2_000, 400, 1_300);

  /** Less than half a minute. */
  static final Plan SHORT = new Plan(List.of(MOST), 3, 1_500, 300, 900);

  Order warmUp(Server server) {
    return new Order(server.site(), server.port(), SOME, 0, warmUpMillis, 0);
  }

  /** The same requests for each server. */
  Order order(Server server, int count, int round) {
    return new Order(
        server.site(), server.port(), count, settleMillis, millis, 1_000L * count + round);
  }
}
