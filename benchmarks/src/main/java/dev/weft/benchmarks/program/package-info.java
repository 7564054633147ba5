/** The workloads that need a JVM of their own. Each prints lines as {@code Out} describes. */
@NullMarked
package dev.weft.benchmarks.program;

import org.jspecify.annotations.NullMarked;
