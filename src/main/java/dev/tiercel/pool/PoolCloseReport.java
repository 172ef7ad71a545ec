package dev.tiercel.pool;

import java.util.List;

/**
 * What closing a pool did.
 *
 * @param name what the pool is called
 * @param disposed how many objects were disposed of since it began; those that came back meanwhile
 *     included
 * @param stillOut how many objects were still leased when the time was over, or were being made or
 *     disposed of. Each is disposed of when it comes back
 * @param borrowers the places in the code that have them, as far as they were {@linkplain
 *     ObjectPoolBuilder#traceBorrowers noted}
 * @param failures what those disposals threw; each is logged too
 */
public record PoolCloseReport(
    String name, long disposed, int stillOut, List<Throwable> borrowers, List<Throwable> failures) {
  /** Copies the lists. */
  public PoolCloseReport {
    borrowers = List.copyOf(borrowers);
    failures = List.copyOf(failures);
  }
}
