package dev.tiercel.query;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How one query of a {@link CacheWarmer} is doing. Immutable.
 *
 * @param name what the query is called
 * @param rounds how many rounds are over
 * @param last what became of the last of them
 * @param done how many calls of the round under way are done; 0 if there is none
 * @param total how many calls that round has; 0 if there is none
 * @param took how long the last round took
 * @param error what the last call that failed threw, with the name of its class; empty once a round
 *     went well
 * @param next when the next round begins; empty while one is under way, and after the end
 * @param totals what became of all rounds so far
 */
public record WarmOutcome(
    String name,
    long rounds,
    WarmReport last,
    int done,
    int total,
    Duration took,
    Optional<String> error,
    Optional<Instant> next,
    WarmTotals totals) {}
