package dev.tiercel.pool;

import java.time.Duration;

/**
 * What a pool holds now, and what happened in it since it was built. Numbers are read one after the
 * other while others go on, so sums may be off by what happened meanwhile.
 *
 * @param name what the pool is called
 * @param maxSize how many objects it may have
 * @param idle objects that are free; neither here nor leased is what is being made, made ready,
 *     tested or disposed of
 * @param leased objects that somebody leases, without those beyond the bound
 * @param overflowing objects in use beyond the bound
 * @param waiting threads that wait for an object
 * @param suspected objects leased for longer than {@link ObjectPoolBuilder#leakAfter}, as upkeep
 *     last saw it
 * @param leases leases that have begun, those that refused not counted
 * @param waits leases for which the caller waited
 * @param waitTime how long they waited, all together; those that refused not counted
 * @param longestWait how long the longest of them waited
 * @param refused callers who got nothing: their time was over, or the pool refuses at once
 * @param created objects made
 * @param creationFailures times the factory threw or returned null
 * @param disposed objects disposed of, whatever for
 * @param disposalFailures times that threw
 * @param expired objects disposed of because they were too old, or idle for too long
 * @param invalid objects disposed of because they did not pass the test, or could not be reset
 * @param invalidated objects disposed of by {@link Lease#invalidate}
 * @param overflowed objects made beyond the bound
 */
public record PoolStats(
    String name,
    int maxSize,
    int idle,
    int leased,
    int overflowing,
    int waiting,
    int suspected,
    long leases,
    long waits,
    Duration waitTime,
    Duration longestWait,
    long refused,
    long created,
    long creationFailures,
    long disposed,
    long disposalFailures,
    long expired,
    long invalid,
    long invalidated,
    long overflowed) {

  static PoolStats of(String name, Stock<?> stock) {
    Tally tally = stock.tally;
    int leased = stock.places.count(PlaceState.LEASED);
    return new PoolStats(
        name,
        stock.places.all.length,
        stock.places.count(PlaceState.FREE),
        leased,
        stock.overflowing(),
        (int) stock.line.waiting(),
        tally.suspected,
        stock.places.uses() + leased + tally.overflowed.sum(),
        tally.waits.sum(),
        Duration.ofNanos(tally.waitNanos.sum()),
        Duration.ofNanos(tally.longestWaitNanos.get()),
        tally.refused.sum(),
        tally.created.sum(),
        tally.creationFailures.sum(),
        tally.disposed.sum(),
        tally.disposalFailures.sum(),
        tally.expired.sum(),
        tally.invalid.sum(),
        tally.invalidated.sum(),
        tally.overflowed.sum());
  }
}
