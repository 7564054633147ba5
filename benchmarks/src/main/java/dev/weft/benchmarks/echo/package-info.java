/** Servers that send back what they read, one for each peer, and the client that measures them. */
@NullMarked
package dev.weft.benchmarks.echo;

import org.jspecify.annotations.NullMarked;
