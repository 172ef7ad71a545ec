/** What stands between a task repository and the cache in front of it. */
@NullMarked
package dev.tiercel.query;

import org.jspecify.annotations.NullMarked;
