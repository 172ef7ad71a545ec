package dev.tiercel.cache;

import java.util.concurrent.CompletionStage;

/**
 * An invalidation, in force already.
 *
 * @param seq the number of its commit
 * @param droppedSoFar how many entries were removed when it returned; the others are void all the
 *     same
 * @param swept completes with how many entries were removed, in all tiers together, when the
 *     background is done; or with the refusal of an executor that rejects work, and then they go as
 *     they are met
 */
public record Invalidation(long seq, long droppedSoFar, CompletionStage<Long> swept) {}
