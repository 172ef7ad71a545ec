/**
 * Caches that are never stale: the ledger of what was written when, and the tiers in front of it.
 */
@NullMarked
package dev.tiercel.cache;

import org.jspecify.annotations.NullMarked;
