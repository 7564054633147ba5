/** Runs peers in turns, collects their output, and writes tables and plots. */
@NullMarked
package dev.weft.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
