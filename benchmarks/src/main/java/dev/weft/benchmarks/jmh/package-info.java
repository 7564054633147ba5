/** The workloads that cost nanoseconds per operation, under JMH. */
@NullMarked
package dev.weft.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
