package dev.tiercel.sqlite;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a committed write gave.
 *
 * @param value the work's result
 * @param changes the rows that the work noted, in order; immutable
 * @param <T> the type of the result
 */
public record Written<T extends @Nullable Object>(T value, List<RowChange> changes) {}
