package dev.tiercel.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * One row's change by a write.
 *
 * @param table the table's name
 * @param before the row as it was, or null if it was inserted
 * @param after the row as it is, or null if it was deleted
 */
public record RowChange(String table, @Nullable Record before, @Nullable Record after) {}
