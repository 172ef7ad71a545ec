/**
 * The asynchronous and streaming face of a task repository: {@link
 * dev.tiercel.async.AsyncTaskRepository}, and {@link dev.tiercel.async.AsyncCalls} for any other
 * work.
 */
@NullMarked
package dev.tiercel.async;

import org.jspecify.annotations.NullMarked;
