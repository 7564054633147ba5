/** Kilim. The build weaves the classes of this package alone. */
@NullMarked
package dev.weft.benchmarks.kilim;

import org.jspecify.annotations.NullMarked;
