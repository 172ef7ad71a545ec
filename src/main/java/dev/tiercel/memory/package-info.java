/** What a program holds, and whether it grows: {@link dev.tiercel.memory.MemoryProfiler}. */
@NullMarked
package dev.tiercel.memory;

import org.jspecify.annotations.NullMarked;
