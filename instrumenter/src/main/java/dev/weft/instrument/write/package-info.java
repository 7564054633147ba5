/** A class to bytes. */
@NullMarked
package dev.weft.instrument.write;

import org.jspecify.annotations.NullMarked;
