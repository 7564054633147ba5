/** Servers that answer requests with a text or with JSON, one for each peer. */
@NullMarked
package dev.weft.benchmarks.http;

import org.jspecify.annotations.NullMarked;
