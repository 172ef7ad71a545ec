package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.Tiercel;
import dev.tiercel.TiercelBuilder;
import dev.tiercel.benchmarks.scorecard.Served;
import dev.tiercel.benchmarks.scorecard.Side;
import dev.tiercel.benchmarks.scorecard.TiercelSide;
import dev.tiercel.cache.TierStats;
import java.time.Duration;
import java.util.List;

/**
 * The whole stack over a database, and beside it another one without a cache, which knows what the
 * answers should be.
 */
final class CachedTasks implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long LOOK_MILLIS = 2;
  private static final int LOOKS = 5;

  private final Location location;
  private final Tiercel tiercel;
  private final Side side;
  private Side uncached; // Opened when it is asked.

  CachedTasks(Location location, TiercelBuilder stack) {
    this.location = location;
    this.tiercel = stack.build();
    this.side = new TiercelSide("cached", tiercel);
    Served.show(tiercel);
  }

  Side side() {
    return side;
  }

  Side uncached() {
    if (uncached == null) {
      uncached = new TiercelSide("uncached", location.inMemory().uncached().build());
    }
    return uncached;
  }

  /** Makes sure that an answer is what the database says. */
  void check(Request request, Object answer) {
    Object expected = request.from(uncached());
    if (!answer.equals(expected)) {
      throw new IllegalStateException(
          "the answers to %s differ%n  database: %s%n  cache:    %s"
              .formatted(request, expected, answer));
    }
  }

  /** How many reads the database had to answer. */
  long loads() {
    return tiercel.cache().stats().loads();
  }

  /** How many reads were answered from memory. */
  long memoryHits() {
    return tiercel.cache().stats().hits();
  }

  List<TierStats> tierStats() {
    return tiercel.cache().tierStats();
  }

  /** Writes a copy of the database as it is now. */
  void copyTo(Location copy) {
    tiercel.backup(copy.tasks());
  }

  /** Waits until the tiers below memory have what they are to get. */
  void flush() throws InterruptedException {
    if (!tiercel.cache().flush(PATIENCE)) {
      throw new IllegalStateException("the tiers did not get everything within " + PATIENCE);
    }
  }

  /**
   * Waits until every query that is to be warmed was made once, and what was read most before a
   * restart is back in memory: the tiers below are asked for nothing any more.
   */
  void awaitWarmth() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long before = -1;
    for (int quiet = 0; quiet < LOOKS; ) {
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException("the cache was not warm within " + PATIENCE);
      }
      Thread.sleep(LOOK_MILLIS);
      long asked = tierStats().stream().mapToLong(tier -> tier.hits() + tier.misses()).sum();
      boolean made = tiercel.warmer().outcomes().stream().allMatch(query -> query.rounds() > 0);
      quiet = made && asked == before ? quiet + 1 : 0;
      before = asked;
    }
  }

  /** The owner of the caches goes first: a database that another one closes seems written to. */
  @Override
  public void close() {
    try {
      side.close();
    } finally {
      if (uncached != null) {
        uncached.close();
      }
    }
  }
}
