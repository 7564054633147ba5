/** The workloads that need a JVM to themselves; each prints what {@code Out} describes. */
@NullMarked
package dev.weft.benchmarks.program;

import org.jspecify.annotations.NullMarked;
