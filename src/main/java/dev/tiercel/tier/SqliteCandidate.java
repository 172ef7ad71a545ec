package dev.tiercel.tier;

/**
 * A row of a {@link SqliteTier} that may have to go.
 *
 * @param hash where it is
 * @param born how many rows had been written when it was; a row that replaced it has another
 * @param expires when it is of no more use
 */
record SqliteCandidate(long hash, long born, long expires) {}
