/** A leaf: the names of the runtime. */
@NullMarked
package dev.weft.instrument.abi;

import org.jspecify.annotations.NullMarked;
