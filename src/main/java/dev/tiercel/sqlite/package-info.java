/** SQLite plumbing: {@link dev.tiercel.sqlite.SqliteDatabase}. */
@NullMarked
package dev.tiercel.sqlite;

import org.jspecify.annotations.NullMarked;
