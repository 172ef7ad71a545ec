package dev.tiercel.benchmarks.scorecard.web;

import dev.tiercel.benchmarks.scorecard.cache.Zipf;
import java.util.List;
import java.util.Random;

/** What is asked for next: mostly lists, some more often than others, and now and then a write. */
final class Requests {
  /** One of so many requests writes. */
  static final int WRITES = 100;

  /** One of so many reads is checked, beside those that follow a write. */
  private static final int CHECKED = 8;

  private final List<byte[]> reads;
  private final Freshness freshness;
  private final boolean isChecked;
  private final Zipf popularity;
  private final Random random;

  Requests(
      Order order, List<AgentList> lists, Freshness freshness, Zipf popularity, Random random) {
    this.reads = lists.stream().map(list -> Request.read(list.target())).toList();
    this.freshness = freshness;
    this.isChecked = order.site().remembers();
    this.popularity = popularity;
    this.random = random;
  }

  /** What a connection asks for after its last request, which is null for the first. */
  Request next(Request last) {
    if (last != null && last.write() != null) {
      return read(last.list(), true); // Whoever wrote looks at it.
    }
    int list = popularity.next(random);
    if (random.nextInt(WRITES) == 0) {
      Freshness.Write write = freshness.begin(list, random.nextInt(Site.ROWS));
      if (write != null) {
        return new Request(Request.write(write.target()), list, write, null);
      }
    }
    return read(list, random.nextInt(CHECKED) == 0);
  }

  private Request read(int list, boolean isToBeChecked) {
    return new Request(
        reads.get(list), list, null, isChecked && isToBeChecked ? freshness.expect(list) : null);
  }
}
