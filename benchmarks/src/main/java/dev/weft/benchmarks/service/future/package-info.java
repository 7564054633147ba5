/** The service as callbacks on futures of the JDK, on a small loop. */
@NullMarked
package dev.weft.benchmarks.service.future;

import org.jspecify.annotations.NullMarked;
