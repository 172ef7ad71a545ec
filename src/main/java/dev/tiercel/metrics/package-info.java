/** Every figure in Micrometer: {@link dev.tiercel.metrics.TiercelMetrics}. */
@NullMarked
package dev.tiercel.metrics;

import org.jspecify.annotations.NullMarked;
