/** Servers that send back what they read over TLS, one for each peer, and their certificate. */
@NullMarked
package dev.weft.benchmarks.tls;

import org.jspecify.annotations.NullMarked;
