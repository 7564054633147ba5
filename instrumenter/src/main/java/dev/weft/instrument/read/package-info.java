/** Bytes to a parsed class, and which of its methods are bodies. */
@NullMarked
package dev.weft.instrument.read;

import org.jspecify.annotations.NullMarked;
