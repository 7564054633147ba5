/** The service as coroutines of Weft, written as by a user. */
@NullMarked
package dev.weft.benchmarks.service.weft;

import org.jspecify.annotations.NullMarked;
