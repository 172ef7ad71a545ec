/** The door: {@link dev.tiercel.Tiercel} opens, configures and closes the whole stack. */
@NullMarked
package dev.tiercel;

import org.jspecify.annotations.NullMarked;
