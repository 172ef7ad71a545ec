package dev.tiercel.benchmarks.scorecard.cache;

/** One step of a {@link Trace}. */
sealed interface Operation permits Read, Write {}
