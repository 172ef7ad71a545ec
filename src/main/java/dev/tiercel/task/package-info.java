/**
 * What a task repository is, in plain Java: {@link dev.tiercel.task.TaskRepository} and its values.
 */
@NullMarked
package dev.tiercel.task;

import org.jspecify.annotations.NullMarked;
