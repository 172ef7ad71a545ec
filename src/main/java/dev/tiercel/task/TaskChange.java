package dev.tiercel.task;

import org.jspecify.annotations.Nullable;

/**
 * One task's change by a committed write.
 *
 * @param before the task as it was, or null if it was added
 * @param after the task as it is, or null if it was deleted
 */
public record TaskChange(@Nullable Task before, @Nullable Task after) {}
