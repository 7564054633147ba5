/** The workloads, as interfaces that each peer implements. */
@NullMarked
package dev.weft.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
