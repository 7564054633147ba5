/** Runs peers in turns, gathers what they print, and writes tables and plots. */
@NullMarked
package dev.weft.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
