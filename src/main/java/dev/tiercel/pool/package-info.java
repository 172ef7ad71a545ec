/** Objects that cost much to make, used again and again: {@link dev.tiercel.pool.ObjectPool}. */
@NullMarked
package dev.tiercel.pool;

import org.jspecify.annotations.NullMarked;
