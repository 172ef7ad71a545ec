/** Closing what was opened: {@link dev.tiercel.resource.ResourceManager}. */
@NullMarked
package dev.tiercel.resource;

import org.jspecify.annotations.NullMarked;
