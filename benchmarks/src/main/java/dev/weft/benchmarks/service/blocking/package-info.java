/** The service as blocking code, for virtual threads. */
@NullMarked
package dev.weft.benchmarks.service.blocking;

import org.jspecify.annotations.NullMarked;
