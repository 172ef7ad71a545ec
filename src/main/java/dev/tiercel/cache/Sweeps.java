package dev.tiercel.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** Rids the tiers of a cache of what is void, so that bans can be forgotten. Thread-safe. */
final class Sweeps implements AutoCloseable {
  static final Predicate<String> ALL = key -> true;

  private final Ledger ledger;
  private final Executor executor;
  private final List<Place> places = new ArrayList<>(); // Complete before the cache is used.

  Sweeps(Ledger ledger, Executor executor) {
    this.ledger = ledger;
    this.executor = executor;
  }

  /** Removes what is void from one tier. */
  interface Sweep {
    /**
     * Runs.
     *
     * @param upTo the newest ban of which nothing is left afterwards
     * @param counted which keys count
     * @return how many with such a key were removed
     */
    long run(long upTo, Predicate<String> counted);
  }

  /** A tier, known to the ledger. */
  private record Place(Ledger.Registration registration, Sweeper sweeper, Sweep sweep) {}

  /**
   * Adds a tier. From here on bans wait for it.
   *
   * @param sweptTo below it the tier needs no ban any more
   */
  @SuppressWarnings("FutureReturnValueIgnored") // Whoever spoke the ban waits for its own sweeps.
  void add(AtomicLong sweptTo, Sweep sweep) {
    Sweeper sweeper = new Sweeper(executor, upTo -> sweep.run(upTo, ALL));
    places.add(new Place(ledger.register(sweptTo, sweeper::sweep), sweeper, sweep));
  }

  /** Sweeps all tiers in the background, also those of other caches on the ledger. */
  CompletionStage<Long> soon(long upTo) {
    ledger.sweepOthers(upTo, registrations());
    CompletionStage<Long> all = CompletableFuture.completedStage(0L);
    for (Place place : places) {
      all = all.thenCombine(place.sweeper().sweep(upTo), Long::sum);
    }
    return all;
  }

  /** Sweeps the tiers of this cache before it returns, and those of others soon. */
  long now(long upTo, Predicate<String> counted) {
    ledger.sweepOthers(upTo, registrations());
    return places.stream().mapToLong(place -> place.sweep().run(upTo, counted)).sum();
  }

  private List<Ledger.Registration> registrations() {
    return places.stream().map(Place::registration).toList();
  }

  @Override
  public void close() {
    registrations().forEach(Ledger.Registration::close);
  }
}
