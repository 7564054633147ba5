/** Parts that the servers of all peers and workloads share, and the process of a server. */
@NullMarked
package dev.weft.benchmarks.serving;

import org.jspecify.annotations.NullMarked;
