/**
 * Places below memory where records are kept under keys: in SQLite and in files. They know nothing
 * of freshness, types or loads.
 */
@NullMarked
package dev.tiercel.tier;

import org.jspecify.annotations.NullMarked;
