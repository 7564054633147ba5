/** A small service, and the parts that all its versions share: requests, answers, latencies. */
@NullMarked
package dev.weft.benchmarks.service;

import org.jspecify.annotations.NullMarked;
