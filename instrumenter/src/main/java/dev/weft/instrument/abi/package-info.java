/** The names of the runtime. Uses no other package. */
@NullMarked
package dev.weft.instrument.abi;

import org.jspecify.annotations.NullMarked;
