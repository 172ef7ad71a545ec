/** The task repository in SQLite: {@link dev.tiercel.store.SqliteTaskRepository}. */
@NullMarked
package dev.tiercel.store;

import org.jspecify.annotations.NullMarked;
