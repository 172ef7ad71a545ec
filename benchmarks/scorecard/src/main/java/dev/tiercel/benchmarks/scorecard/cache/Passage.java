package dev.tiercel.benchmarks.scorecard.cache;

import dev.tiercel.task.Task;
import java.util.List;

/**
 * Takes the cache and the perfect one through the same operations, and makes sure that what the
 * cache answers is right.
 */
final class Passage {
  private static final int COMPARED = 200;

  private final CachedTasks cached;
  private final Perfect perfect;
  private long reads;
  private long compared;

  Passage(CachedTasks cached, Perfect perfect) {
    this.cached = cached;
    this.perfect = perfect;
  }

  /**
   * What one stretch of the trace came to.
   *
   * @param rates of the cache; a hit is a read that did not reach the database
   * @param best of the perfect one
   * @param times of the cache
   */
  record Result(HitRates rates, HitRates best, Timed times) {}

  /** Goes on through the operations. */
  Result run(List<Operation> operations) {
    Result result = new Result(new HitRates(), new HitRates(), new Timed(cached.side()));
    for (Operation operation : operations) {
      if (operation instanceof Write write) {
        result.times.write(write);
        perfect.write(write);
      } else if (operation instanceof Read read) {
        read(read, result);
      }
    }
    return result;
  }

  private void read(Read read, Result result) {
    long before = cached.loads();
    Object answer = result.times.read(read);
    boolean hit = cached.loads() == before;
    boolean best = perfect.hits(read);
    if (hit && !best) {
      throw new IllegalStateException(read + " was served although a write had changed it");
    }
    result.rates.add(read, hit);
    result.best.add(read, best);
    if (++reads % COMPARED == 0) {
      cached.check(read, answer);
      compared++;
    }
  }

  /** Makes sure that the perfect one knows the lists as they are, else it proves nothing. */
  void checkLists(List<Operation> operations) {
    operations.stream()
        .limit(10_000)
        .filter(Read.Listing.class::isInstance)
        .map(Read.Listing.class::cast)
        .distinct()
        .forEach(
            list -> {
              List<String> ids = list.from(cached.uncached()).stream().map(Task::id).toList();
              if (!ids.equals(perfect.board().ids(list))) {
                throw new IllegalStateException(
                    "the list %s is %s, but the model says %s"
                        .formatted(list, ids, perfect.board().ids(list)));
              }
            });
  }

  /** How many answers were compared with the database's. */
  long compared() {
    return compared;
  }
}
